------------------------------- MODULE MCLiveness -------------------------------
(******************************************************************************)
(* That calls return and teardowns end, and what is needed for it.            *)
(*                                                                            *)
(* Whoever is in the hypervisor goes on (weak fairness): no vCPU is taken     *)
(* away for ever.  That is not enough where a lock is waited for: a guest     *)
(* that makes one call after another may take it again and again while a      *)
(* sibling waits, and the waiting step is never enabled for good.  Locks are  *)
(* therefore fair, as ticket locks and queued read-write locks are, where who *)
(* comes first is served first: strong fairness, which differs from weak only *)
(* there, as every other step stays enabled until it is taken.                *)
(*                                                                            *)
(* No guest has to make a call, and no toolstack to destroy anything.         *)
(******************************************************************************)
EXTENDS MCNegotiation

LockLabels ==
    InnerLockLabels \cup LockMapLabels
        \cup { "LockGuestVers", "WriteLockList", "TeardownLockList", "LockRxToTearDown",
               "LockRetry", "LockRetryToPop" }

\* A step of somebody who is in the hypervisor; the end of a grace period comes by itself, and the
\* timer's as well.
StepOf(a) ==
    CASE a \in Vcpus     -> pc[a] # "idle" /\ VcpuStep(a)
      [] a \in Toolstack -> (pc[a] # "idle" \/ life[DomainOf[a]] = "dropped") /\ ToolstackStep(a)
      [] OTHER           -> TimerStep(a)

\* An SP that is asked again and again has no more objections some day.
Relents(a) ==
    /\ pc[a] \in {"TellDestroyed", "AskReclaimTorn"}
    /\ RoundStep(a)
    /\ pc'[a] \in {"ClearToTell", "UnlinkShmTorn"}

FairSps  == \A a \in Actors \ Vcpus : SF_vars(Relents(a))
WeakSpec == Spec /\ FairSps /\ \A a \in Actors : WF_vars(StepOf(a))
FairSpec == Spec /\ FairSps /\ \A a \in Actors : SF_vars(StepOf(a))

--------------------------------------------------------------------------------

\* Every call returns.
CallsReturnProp == \A v \in Vcpus : pc[v] # "idle" ~> pc[v] = "idle"

\* Neither a toolstack's task nor the timer's waits for ever.
TasksEndProp == \A a \in Actors \ Vcpus : pc[a] # "idle" ~> pc[a] = "idle"

\* A teardown is under way while a task works on it, or the retry list has it.
IsTornDown(d) ==
    \/ isDying[d] /\ pc[NumVcpus + d] # "idle"
    \/ \E i \in 1..Len(retryList) : retryList[i] = d
    \/ work[Timer] # Nothing /\ work[Timer][1] = d

\* Every teardown ends.
TeardownsEndProp == \A d \in Domains : IsTornDown(d) ~> ~IsTornDown(d)

\* A domain that is destroyed is gone some day, unless an SP has lost memory of it.
DestroyedIsGoneProp ==
    \A d \in Domains : isDying[d] ~> life[d] = "absent" \/ spObjects[d] # {}

================================================================================
