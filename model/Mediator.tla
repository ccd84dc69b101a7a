------------------------------- MODULE Mediator --------------------------------
(******************************************************************************)
(* Entry, dispatch and the way back of a guest's call.  (src: mediator.ts)    *)
(******************************************************************************)
EXTENDS Version

\* A call is a name and what matters of its registers.
\*   VERSION             the word, in decimal
\*   FEATURES            0: of an ID that is not dispatched; 1: of one that is; 2: the same, with
\*                       input that FFA_FEATURES has no use for; 3: of FFA_INTERRUPT
\*   PARTITION_INFO_GET  the flags, for the Nil UUID
\*   PARTITION_INFO_OF   the list for a UUID, 1: of an SP, 0: of nobody
\*   PARTITION_COUNT_OF  the count for a UUID
\*   FOREIGN             an ID that is not FF-A's; 1: one of a trusted OS or application
\*   MEM_RECLAIM        the handle
\*   ID_GET, INTERRUPT, UNKNOWN, RX_RELEASE, RXTX_MAP, RXTX_UNMAP, SEND2, MEM_SHARE: 0
\*
\* SEND2 and MEM_SHARE read TX, once.  Guests write it whenever they like, so what is read is any of
\* TxContents: a domain that a message is to; that, and 10 more, where it does not fit into the
\* receiver's RX; 20, a memory to be shared; 0, none of these.

\* What is above the mediator hands on FF-A's IDs, and those of trusted OSes and applications.
IsKeptAway(c) == c[1] = "FOREIGN" /\ (c[2] = 0 \/ Fixed("FfaIdsOnly"))

\* Where a call is that has no function of its own to be in.
MediatorLabels == { "idle", "ReadGuestVers", "ReadNegotiatedVers", "ReturnFromCall" }

\* What FFA_VERSION answers once vers is published; "mine" does not look at it.
LaterAnswer(word, vers) ==
    CASE Fixed("RefuseBit31") /\ HasBit31(word) -> VersionRefused
      [] vers = Closed                          -> VersionRefused
      [] Choices.laterAnswer = "mine"           -> Version(MyVersion)
      [] Choices.laterAnswer = "negotiated"     -> Version(vers)
      [] Choices.laterAnswer = "lower-refused"  ->
             IF Major(word) # Major(vers) \/ Minor(word) < Minor(vers) THEN VersionRefused
                                                                      ELSE Version(vers)
      [] Choices.laterAnswer = "other-refused"  ->
             IF word = vers THEN Version(MyVersion) ELSE VersionRefused

\* The calls whose answer is known at dispatch, without touching anything shared.
AnsweredAtDispatch(v) ==
    \/ Function(v) \in {"ID_GET", "FEATURES", "INTERRUPT", "UNKNOWN", "FOREIGN"}
    \/ Function(v) = "VERSION" /\ Choices.laterAnswer = "mine" /\ Choices.ends # "never"

HasFeature(of) ==
    \/ of = 1
    \/ of = 2 /\ Choices.featuresInput = "ignored"
    \/ of = 3 /\ Choices.featuresInterrupt = "known"

DispatchAnswer(v) ==
    CASE Function(v) = "VERSION"  -> LaterAnswer(Argument(v), NoVersion)
      [] Function(v) = "ID_GET"   -> Success(FfaId(DomainOf[v]), 0)
      [] Function(v) = "FEATURES" -> IF HasFeature(Argument(v)) THEN Success(0, 0)
                                                                ELSE Error(NOT_SUPPORTED)
      [] OTHER                    -> Error(NOT_SUPPORTED)

AsksForPartitions(v) ==
    Function(v) \in {"PARTITION_INFO_GET", "PARTITION_INFO_OF", "PARTITION_COUNT_OF"}

\* The locks that mapping holds, in the order in which it takes them, and then the look.
FirstOfMapping(tx, rx, look) ==
    CASE Fixed("MapInTxLock") /\ (Fixed("TxLockFirst") \/ ~Fixed("MapInRxLock")) -> tx
      [] Fixed("MapInRxLock") -> rx
      [] OTHER                -> look
BehindTxLock(rx, look) == IF Fixed("TxLockFirst") /\ Fixed("MapInRxLock") THEN rx ELSE look
BehindRxLock(tx, look) == IF Fixed("MapInTxLock") /\ ~Fixed("TxLockFirst") THEN tx ELSE look

DispatchTo(v) ==
    CASE Function(v) = "VERSION"            ->
             IF Choices.ends = "never" THEN "LockGuestVers" ELSE "ReadNegotiatedVers"
      [] AsksForPartitions(v)               -> "ReadEntryVers"
      [] Function(v) = "RX_RELEASE"         -> "LockRxToRelease"
      [] Function(v) = "RXTX_MAP"           ->
             FirstOfMapping("LockTxToMap", "LockRxToMap", "ReadPagesToMap")
      [] Function(v) = "RXTX_UNMAP"         ->
             FirstOfMapping("LockTxToUnmap", "LockRxToUnmap", "ReadPagesToUnmap")
      [] Function(v) \in {"SEND2", "MEM_SHARE"} -> "TryLockTx"
      [] Function(v) = "MEM_RECLAIM"        -> "LockShmToUnlink"

\* The switch on the function ID in ffa_handle_call.
Dispatch(v) ==
    IF AnsweredAtDispatch(v)
    THEN Answer(v, DispatchAnswer(v))
    ELSE GoTo(v, DispatchTo(v)) /\ UNCHANGED <<work, answer>>

\* The same once negotiation is over without a version: nothing is supported.
DispatchFor(v, vers) ==
    CASE vers # Closed            -> Dispatch(v)
      [] Function(v) = "VERSION"  -> Answer(v, VersionRefused)
      [] OTHER                    -> Answer(v, Error(NOT_SUPPORTED))

--------------------------------------------------------------------------------

\* A guest makes an SMCCC call: its vCPU traps into the hypervisor.
StartCall(v) ==
    /\ pc[v] = "idle"
    /\ life[DomainOf[v]] = "running"
    /\ \E c \in Calls :
        /\ call' = [call EXCEPT ![v] = c]
        /\ IF IsKeptAway(c) THEN Answer(v, Unknown)
                            ELSE GoTo(v, "ReadGuestVers") /\ UNCHANGED <<work, answer>>
    /\ UNCHANGED <<lifeVars, versVars, rxVars, listVars, memVars>>

\* Entry: guest_vers is read once, without the lock.
ReadGuestVers(v) ==
    /\ pc[v] = "ReadGuestVers"
    /\ IF guestVers[DomainOf[v]] = NoVersion
       THEN GoTo(v, "LockGuestVers") /\ UNCHANGED <<work, answer>>
       ELSE DispatchFor(v, guestVers[DomainOf[v]])
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars, memVars>>

\* FFA_VERSION after negotiation, where the answer depends on the published version.
ReadNegotiatedVers(v) ==
    /\ pc[v] = "ReadNegotiatedVers"
    /\ Answer(v, LaterAnswer(Argument(v), guestVers[DomainOf[v]]))
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars, memVars>>

\* The vCPU goes back to its guest, which now has the answer.
ReturnFromCall(v) ==
    /\ pc[v] = "ReturnFromCall"
    /\ GoTo(v, "idle")
    /\ call' = [call EXCEPT ![v] = NoCall]
    /\ answer' = [answer EXCEPT ![v] = Nothing]
    /\ UNCHANGED <<work, lifeVars, versVars, rxVars, listVars, memVars>>

--------------------------------------------------------------------------------

CallStep(v) ==
    \/ StartCall(v)
    \/ ReadGuestVers(v)
    \/ ReadNegotiatedVers(v)
    \/ ReturnFromCall(v)

================================================================================
