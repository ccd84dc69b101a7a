---------------------------- MODULE DomainTeardown -----------------------------
(******************************************************************************)
(* Creation and destruction of a domain, as the toolstack does them.  (src:   *)
(* domainTeardown.ts)                                                         *)
(******************************************************************************)
EXTENDS ContextList

ToolstackLabels == { "idle", "SetDying", "TeardownReadVers", "DropDomain" } \cup LeaveLabels

\* The context is set up before anything can find the domain, so creation is one step.
CreateDomain(t) ==
    /\ pc[t] = "idle"
    /\ life[DomainOf[t]] = "absent"
    /\ life' = [life EXCEPT ![DomainOf[t]] = "running"]
    /\ UNCHANGED <<pc, taskVars, isDying, versVars, rxVars, listVars>>

\* Pausing returns only when none of the domain's vCPUs is in the hypervisor.
PauseDomain(t) ==
    /\ pc[t] = "idle"
    /\ life[DomainOf[t]] = "running"
    /\ \A v \in Vcpus : DomainOf[v] = DomainOf[t] => pc[v] = "idle"
    /\ life' = [life EXCEPT ![DomainOf[t]] = "paused"]
    /\ GoTo(t, "SetDying")
    /\ UNCHANGED <<taskVars, isDying, versVars, rxVars, listVars>>

SetDying(t) ==
    /\ pc[t] = "SetDying"
    /\ isDying' = [isDying EXCEPT ![DomainOf[t]] = TRUE]
    /\ GoTo(t, IF VmToVm THEN "TeardownReadVers" ELSE "DropDomain")
    /\ UNCHANGED <<taskVars, life, versVars, rxVars, listVars>>

\* Teardown undoes only what negotiation did.
TeardownReadVers(t) ==
    /\ pc[t] = "TeardownReadVers"
    /\ GoTo(t, IF guestVers[DomainOf[t]] \in {NoVersion, Closed} THEN "DropDomain"
                                                                 ELSE FirstOfLeaving)
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars>>

\* The creation reference is the last one here, so dropping it frees the context.  Teardown's
\* stores to the RX buffer are part of it: none that could look at them runs any more.
DropDomain(t) ==
    /\ pc[t] = "DropDomain"
    /\ LET d == DomainOf[t]
       IN  /\ life' = [life EXCEPT ![d] = "absent"]
           /\ isDying' = [isDying EXCEPT ![d] = FALSE]
           /\ guestVers' = [guestVers EXCEPT ![d] = NoVersion]
           /\ versTmp' = [versTmp EXCEPT ![d] = InitialVers]
           /\ rxMapped' = [rxMapped EXCEPT ![d] = MappedAtStart]
           /\ rxState' = [rxState EXCEPT ![d] = InitialRx]
    /\ GoTo(t, "idle")
    /\ UNCHANGED <<taskVars, versLock, rxLock, spRxLock, listVars>>

--------------------------------------------------------------------------------

LifeStep(t) ==
    \/ CreateDomain(t)
    \/ PauseDomain(t)
    \/ SetDying(t)
    \/ TeardownReadVers(t)
    \/ DropDomain(t)

================================================================================
