------------------------------ MODULE MCRefinement ------------------------------
(******************************************************************************)
(* FfaMediator as an implementation of FfaAbstract: what each of the abstract *)
(* variables is, in the terms of the mediator.  Nothing is remembered for it: *)
(* where an actor is, and what it keeps, says whether its call has taken      *)
(* effect.  Of the choices, these are Xen's.                                  *)
(******************************************************************************)
EXTENDS MCNegotiation

Task(d) == NumVcpus + d

\* A toolstack's task up to the moment at which others find the domain for the last time.
NotYetRemovedLabels ==
    { "SetDying", "GetDomainForTeardown", "TeardownReadVers" }
        \cup (LeaveLabels \ {"TeardownUnlockList"})

\* A domain can be found: from the end of its creation, until it leaves the list, or would leave it.
IsThere(d) ==
    \/ life[d] = "running"
    \/ life[d] = "paused" /\ pc[Task(d)] \in NotYetRemovedLabels

\* One whose creation was refused was never there.
AbstractLife ==
    [d \in Domains |->
        CASE IsThere(d)                         -> life[d]
          [] life[d] \in {"absent", "created"}  -> "absent"
          [] life[d] = "dropped" /\ ~isDying[d] -> "absent"
          [] OTHER                              -> "removed"]

\* Requests count in the order in which they are stored.
AbstractRequested == [d \in Domains |-> IF IsThere(d) THEN versTmp[d] ELSE NoVersion]

\* A VM has joined when its version is published, whatever the list says, and has left when it is
\* removed.
AbstractVersion == [d \in Domains |-> IF IsThere(d) THEN guestVers[d] ELSE NoVersion]

\* Vcpu v fills the RX buffer of d, and the guest of d is not to have it yet: a listing has it for
\* the guest from its last look at the list on, a message when it is handed over.
FillsYet(v, d) ==
    /\ Fills(v) /\ RxOf(v) = d
    /\ ~(IsListing(v) /\ pc[v] \in {"ReadUnlockList", "LockRxToHandOver", "HandOverRx"})

\* The buffer is mapped and unmapped by the store to page_count, and free while it is filled.
AbstractRx ==
    [d \in Domains |->
        CASE ~IsThere(d) \/ ~rxMapped[d]            -> "unmapped"
          [] rxState[d] = "free"                    -> "free"
          [] \E v \in Vcpus : FillsYet(v, d)        -> "free"
          [] \E v \in Vcpus : DomainOf[v] = d /\ pc[v] = "FreeMappedRx" -> "free"
          [] OTHER                                  -> "taken"]

SharesYet(v) == IsShare(v) /\ pc[v] \in {"UnlockSpTx", "LockShmToLink", "LinkShm"}

\* Memory is shared when it is linked, and no more when its SP has given it back.
AbstractMemory ==
    [d \in Domains |->
        spObjects[d] \ {work[v][1] : v \in {w \in Vcpus : DomainOf[w] = d /\ SharesYet(w)}}]

\* A call has its answer when it is on its way back, and before that where only locks are still to
\* be released and buffers to be handed over.
AnswerOfMapping(v) ==
    IF pc[v] \in {"FreeMappedRx", "UnlockRxMapped", "TakeUnmappedRx", "UnlockRxUnmapped"}
    THEN Success(0, 0) ELSE Nothing

AnswerOfListing(v) ==
    CASE pc[v] \in {"ReadUnlockList"} \cup HandOverLabels                         -> ListAnswer(v)
      [] pc[v] \in {"UnlockSpRxGivenUp", "ReadUnlockNoRoom"} \cup GiveUpLabels    -> GivenUp(v)
      [] pc[v] = "UnlockRxDenied" /\ work[v] = Nothing                            -> GivenUp(v)
      [] OTHER                                                                    -> Nothing

AnswerOfSend(v) ==
    CASE pc[v] = "UnlockRxHandedOver"                  -> Success(0, 0)
      [] pc[v] \in {"RaiseBufferFull", "LetGoReceiver"} -> StatusAnswer(work[v][2])
      [] OTHER                                         -> Nothing

AnswerOfWork(v) ==
    CASE IsMapping(v)                -> AnswerOfMapping(v)
      [] IsListing(v)                -> AnswerOfListing(v)
      [] AsksForPartitions(v)        -> IF pc[v] = "ReadUnlockList"
                                        THEN CountAnswer(v, work[v][2] - 1) ELSE Nothing
      [] Function(v) = "RX_RELEASE"  -> IF pc[v] = "UnlockRxGiven" THEN Success(0, 0) ELSE Nothing
      [] IsSend(v)                   -> AnswerOfSend(v)
      [] IsShare(v)                  -> IF pc[v] = "UnlockShmLinked"
                                        THEN Success(work[v][1], 0) ELSE Nothing
      [] Function(v) = "MEM_RECLAIM" -> IF pc[v] \in UncountLabels THEN Success(0, 0) ELSE Nothing
      [] OTHER                       -> Nothing

AbstractAnswer ==
    [v \in Vcpus |->
        CASE pc[v] \in {"idle", "ReturnFromCall"} -> answer[v]
          [] pc[v] = "UnlockToReturn" -> IF Function(v) = "VERSION" THEN OpenAnswer(Argument(v))
                                                                    ELSE Error(NOT_SUPPORTED)
          [] pc[v] = "UnlockTx" -> IF work[v][2] = OK
                                   THEN Success(IF IsSend(v) THEN 0 ELSE work[v][1], 0)
                                   ELSE Error(work[v][2])
          [] OTHER -> AnswerOfWork(v)]

\* What a message says counts at the moment at which it has come to something.
AbstractMessage ==
    [v \in Vcpus |->
        IF /\ IsSend(v)
           /\ pc[v] \in {"UnlockRxHandedOver", "RaiseBufferFull", "LetGoReceiver", "UnlockTx"}
        THEN work[v][1] ELSE 0]

\* A call in progress is seen as it is.
Abstract == INSTANCE FfaAbstract WITH
    answer    <- AbstractAnswer,
    message   <- AbstractMessage,
    life      <- AbstractLife,
    requested <- AbstractRequested,
    version   <- AbstractVersion,
    rx        <- AbstractRx,
    memory    <- AbstractMemory

\* What guests and the toolstack see is what the abstract machine allows.
RefinesAbstractProp == Abstract!Seen

================================================================================
