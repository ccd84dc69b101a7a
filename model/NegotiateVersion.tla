--------------------------- MODULE NegotiateVersion ----------------------------
(******************************************************************************)
(* Negotiation of the version of one VM, under its guest_vers_lock.  (src:    *)
(* negotiateVersion.ts)                                                       *)
(******************************************************************************)
EXTENDS ContextList

InVersSection == JoinLabels \cup
    { "RereadGuestVers", "ReadVersTmp", "WriteVersTmp", "CloseNegotiation", "UnlockToReturn",
      "UnlockToDispatch" }
NegotiationLabels == { "LockGuestVers" } \cup InVersSection

\* Whether a call that is not FFA_VERSION ends negotiation.
EndsNegotiation(v) ==
    \/ Choices.ends \in {"call", "never"}
    \/ Choices.ends = "call-but-interrupt" /\ Function(v) # "INTERRUPT"

\* What FFA_VERSION answers while negotiation is open.
OpenAnswer(word) ==
    CASE Outcome(word) = "refuse"                                -> VersionRefused
      [] Settles(word) /\ Choices.takenAnswer = "negotiated" -> Version(Settled(word))
      [] OTHER                                                   -> Version(MyVersion)

--------------------------------------------------------------------------------

LockGuestVers(v) ==
    /\ pc[v] = "LockGuestVers"
    /\ versLock[DomainOf[v]] = 0
    /\ versLock' = [versLock EXCEPT ![DomainOf[v]] = v]
    /\ GoTo(v, "RereadGuestVers")
    /\ UNCHANGED <<taskVars, lifeVars, guestVers, versTmp, rxVars, listVars, memVars>>

\* A sibling may have published in the meantime, so the version is read again under the lock.
RereadGuestVers(v) ==
    /\ pc[v] = "RereadGuestVers"
    /\ LET vers  == guestVers[DomainOf[v]]
           again == vers # NoVersion /\ Choices.ends = "never" /\ Function(v) = "VERSION"
       IN  /\ GoTo(v, CASE vers = Closed                -> "UnlockToReturn"
                        [] vers # NoVersion /\ ~again    -> "UnlockToDispatch"
                        [] Function(v) = "VERSION"       ->
                               IF Settles(Argument(v)) THEN "WriteVersTmp" ELSE "UnlockToReturn"
                        [] EndsNegotiation(v)            -> "ReadVersTmp"
                        [] OTHER                         -> "UnlockToReturn")
           /\ work' = [work EXCEPT ![v] = IF again \/ vers = Closed THEN <<vers>> ELSE Nothing]
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, memVars>>

\* FFA_VERSION notes what it settles on; it is published at once where a success ends negotiation,
\* or nothing does.
WriteVersTmp(v) ==
    /\ pc[v] = "WriteVersTmp"
    /\ LET settled == Settled(Argument(v))
       IN  /\ versTmp' = [versTmp EXCEPT ![DomainOf[v]] = settled]
           /\ IF Choices.ends \in {"version", "never"}
              THEN /\ GoTo(v, IF work[v] = Nothing THEN FirstOfJoining ELSE "PublishGuestVers")
                   /\ work' = [work EXCEPT ![v] = <<settled>> \o @]
              ELSE GoTo(v, "UnlockToReturn") /\ UNCHANGED work
    /\ UNCHANGED <<call, answer, lifeVars, guestVers, versLock, rxVars, listVars, memVars>>

\* A call that is not FFA_VERSION ends negotiation, if a version was requested.
ReadVersTmp(v) ==
    /\ pc[v] = "ReadVersTmp"
    /\ LET tmp == versTmp[DomainOf[v]]
       IN  IF tmp = NoVersion
           THEN /\ GoTo(v, IF Choices.early = "closed" THEN "CloseNegotiation" ELSE "UnlockToReturn")
                /\ UNCHANGED work
           ELSE GoTo(v, FirstOfJoining) /\ work' = [work EXCEPT ![v] = <<tmp>>]
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, memVars>>

\* Without a request negotiation is over for good.
CloseNegotiation(v) ==
    /\ pc[v] = "CloseNegotiation"
    /\ guestVers' = [guestVers EXCEPT ![DomainOf[v]] = Closed]
    /\ GoTo(v, "UnlockToReturn")
    /\ UNCHANGED <<taskVars, lifeVars, versTmp, versLock, rxVars, listVars, memVars>>

\* Negotiation has handled the call: back to the guest.
UnlockToReturn(v) ==
    /\ pc[v] = "UnlockToReturn"
    /\ versLock' = [versLock EXCEPT ![DomainOf[v]] = 0]
    /\ Answer(v, CASE Function(v) # "VERSION" -> Error(NOT_SUPPORTED)
                   [] work[v] = <<Closed>>     -> VersionRefused
                   [] OTHER                    -> OpenAnswer(Argument(v)))
    /\ UNCHANGED <<call, lifeVars, guestVers, versTmp, rxVars, listVars, memVars>>

\* A version is published: the call goes on as any other.
UnlockToDispatch(v) ==
    /\ pc[v] = "UnlockToDispatch"
    /\ versLock' = [versLock EXCEPT ![DomainOf[v]] = 0]
    /\ Dispatch(v)
    /\ UNCHANGED <<call, lifeVars, guestVers, versTmp, rxVars, listVars, memVars>>

--------------------------------------------------------------------------------

NegotiationStep(v) ==
    \/ LockGuestVers(v)
    \/ RereadGuestVers(v)
    \/ WriteVersTmp(v)
    \/ ReadVersTmp(v)
    \/ CloseNegotiation(v)
    \/ UnlockToReturn(v)
    \/ UnlockToDispatch(v)

================================================================================
