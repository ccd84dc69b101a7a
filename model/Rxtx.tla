--------------------------------- MODULE Rxtx ----------------------------------
(******************************************************************************)
(* Mapping of a guest's RX buffer, and who owns it.  (src: rxtx.ts)           *)
(*                                                                            *)
(* The posted code keeps one bit, rx_is_free, so that "taken" says two        *)
(* things: the mediator fills the buffer, or the guest has it.  With          *)
(* FillerOwnsRx the first is "filling".  One rule then decides for release    *)
(* and unmapping, in one critical section of rx_lock: whoever owns the buffer *)
(* may give it back, and only one that is free may be unmapped.               *)
(******************************************************************************)
EXTENDS NegotiateVersion

AcquireLabels == { "LockRxToAcquire", "ReadPagesToAcquire", "ReadRxToAcquire", "TakeRx",
                   "UnlockRxTaken" }
GiveUpLabels  == { "LockRxToRelease", "ReadPagesToRelease", "ReadRxToRelease", "GiveRx",
                   "UnlockRxGiven" }
HandOverLabels == { "LockRxToHandOver", "HandOverRx", "UnlockRxHandedOver" }
MapLabels     == { "LockRxToMap", "ReadPagesToMap", "WritePagesMapped", "FreeMappedRx",
                   "UnlockRxMapped" }
UnmapLabels   == { "LockRxToUnmap", "ReadPagesToUnmap", "ReadRxToUnmap", "WritePagesUnmapped",
                   "TakeUnmappedRx", "UnlockRxUnmapped" }
RefusedLabels == { "UnlockRxBusy", "UnlockRxDenied", "UnlockRxNotMapped" }
RxtxLabels == AcquireLabels \cup GiveUpLabels \cup HandOverLabels \cup MapLabels \cup UnmapLabels
                  \cup RefusedLabels

\* A listing takes the buffer, fills it, and hands it over to its guest.
IsListing(v) ==
    Function(v) = "PARTITION_INFO_OF" \/ (Function(v) = "PARTITION_INFO_GET" /\ Argument(v) = 0)

\* How many SPs a call asks about: all of them for the Nil UUID, and none for one of nobody.
ByUuid(v) == Function(v) \in {"PARTITION_INFO_OF", "PARTITION_COUNT_OF"}
Sps(v)    == IF ByUuid(v) THEN Argument(v) ELSE SpCount
IsOfNobody(v) == ByUuid(v) /\ Sps(v) = 0

\* A listing that gives its buffer back again was about nobody, or had no room.
GivenUp(v) == Error(IF IsOfNobody(v) THEN INVALID_PARAMETERS ELSE NO_MEMORY)

\* What the buffer is while the mediator fills it.
Filling == IF Fixed("FillerOwnsRx") THEN "filling" ELSE "taken"

\* The one rule: a listing gives back what it fills, the guest what it was handed.
MayGive(v) ==
    IF Fixed("FillerOwnsRx")
    THEN rxState[DomainOf[v]] = (IF IsListing(v) THEN "filling" ELSE "taken")
    ELSE rxState[DomainOf[v]] # "free"

LockRx(v, to) ==
    /\ rxLock[DomainOf[v]] = 0
    /\ rxLock' = [rxLock EXCEPT ![DomainOf[v]] = v]
    /\ GoTo(v, to)
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxMapped, rxState, spRxLock, listVars>>

\* Reads without an effect on what is shared.
LookAtRx(v, to) ==
    /\ GoTo(v, to)
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars>>

WriteRxState(v, state, to) ==
    /\ rxState' = [rxState EXCEPT ![DomainOf[v]] = state]
    /\ GoTo(v, to)
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxLock, rxMapped, spRxLock, listVars>>

UnlockRxAndAnswer(v, what) ==
    /\ rxLock' = [rxLock EXCEPT ![DomainOf[v]] = 0]
    /\ Answer(v, what)
    /\ UNCHANGED <<call, lifeVars, versVars, rxMapped, rxState, spRxLock, listVars>>

--------------------------------------------------------------------------------
\* Taking the buffer to fill it

LockRxToAcquire(v) ==
    /\ pc[v] = "LockRxToAcquire"
    /\ LockRx(v, "ReadPagesToAcquire")

ReadPagesToAcquire(v) ==
    /\ pc[v] = "ReadPagesToAcquire"
    /\ LookAtRx(v, IF rxMapped[DomainOf[v]] THEN "ReadRxToAcquire"
                                            ELSE "UnlockRxDenied")

ReadRxToAcquire(v) ==
    /\ pc[v] = "ReadRxToAcquire"
    /\ LookAtRx(v, IF rxState[DomainOf[v]] = "free" THEN "TakeRx"
                                                    ELSE "UnlockRxBusy")

TakeRx(v) ==
    /\ pc[v] = "TakeRx"
    /\ WriteRxState(v, Filling, "UnlockRxTaken")

UnlockRxTaken(v) ==
    /\ pc[v] = "UnlockRxTaken"
    /\ rxLock' = [rxLock EXCEPT ![DomainOf[v]] = 0]
    /\ GoTo(v, "LockSpRx")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxMapped, rxState, spRxLock, listVars>>

--------------------------------------------------------------------------------
\* FillerOwnsRx: handing a filled buffer over to the guest

LockRxToHandOver(v) ==
    /\ pc[v] = "LockRxToHandOver"
    /\ LockRx(v, "HandOverRx")

HandOverRx(v) ==
    /\ pc[v] = "HandOverRx"
    /\ WriteRxState(v, "taken", "UnlockRxHandedOver")

--------------------------------------------------------------------------------
\* Giving the buffer back: FFA_RX_RELEASE, and a listing that found no room

LockRxToRelease(v) ==
    /\ pc[v] = "LockRxToRelease"
    /\ LockRx(v, "ReadPagesToRelease")

ReadPagesToRelease(v) ==
    /\ pc[v] = "ReadPagesToRelease"
    /\ LookAtRx(v, IF rxMapped[DomainOf[v]] THEN "ReadRxToRelease"
                                            ELSE "UnlockRxDenied")

ReadRxToRelease(v) ==
    /\ pc[v] = "ReadRxToRelease"
    /\ LookAtRx(v, IF MayGive(v) THEN "GiveRx" ELSE "UnlockRxDenied")

GiveRx(v) ==
    /\ pc[v] = "GiveRx"
    /\ WriteRxState(v, "free", "UnlockRxGiven")

UnlockRxGiven(v) ==
    /\ pc[v] = "UnlockRxGiven"
    /\ UnlockRxAndAnswer(v, IF IsListing(v) THEN GivenUp(v) ELSE Success(0, 0))

--------------------------------------------------------------------------------
\* FFA_RXTX_MAP.  Posted: no lock is held from the look at page_count to the last store.

LockRxToMap(v) ==
    /\ pc[v] = "LockRxToMap"
    /\ LockRx(v, "ReadPagesToMap")

ReadPagesToMap(v) ==
    /\ pc[v] = "ReadPagesToMap"
    /\ CASE ~rxMapped[DomainOf[v]]  -> GoTo(v, "WritePagesMapped") /\ UNCHANGED <<work, answer>>
         [] Fixed("MapInRxLock")    -> GoTo(v, "UnlockRxDenied") /\ UNCHANGED <<work, answer>>
         [] OTHER                   -> Answer(v, Error(DENIED))
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars>>

WritePagesMapped(v) ==
    /\ pc[v] = "WritePagesMapped"
    /\ rxMapped' = [rxMapped EXCEPT ![DomainOf[v]] = TRUE]
    /\ GoTo(v, "FreeMappedRx")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxLock, rxState, spRxLock, listVars>>

FreeMappedRx(v) ==
    /\ pc[v] = "FreeMappedRx"
    /\ rxState' = [rxState EXCEPT ![DomainOf[v]] = "free"]
    /\ IF Fixed("MapInRxLock")
       THEN GoTo(v, "UnlockRxMapped") /\ UNCHANGED <<work, answer>>
       ELSE Answer(v, Success(0, 0))
    /\ UNCHANGED <<call, lifeVars, versVars, rxLock, rxMapped, spRxLock, listVars>>

UnlockRxMapped(v) ==
    /\ pc[v] = "UnlockRxMapped"
    /\ UnlockRxAndAnswer(v, Success(0, 0))

--------------------------------------------------------------------------------
\* FFA_RXTX_UNMAP.  Posted: no lock is held, and nobody looks who owns the buffer.

LockRxToUnmap(v) ==
    /\ pc[v] = "LockRxToUnmap"
    /\ LockRx(v, "ReadPagesToUnmap")

ReadPagesToUnmap(v) ==
    /\ pc[v] = "ReadPagesToUnmap"
    /\ CASE Fixed("MapInRxLock") ->
                /\ GoTo(v, IF rxMapped[DomainOf[v]] THEN "ReadRxToUnmap" ELSE "UnlockRxNotMapped")
                /\ UNCHANGED <<work, answer>>
         [] rxMapped[DomainOf[v]] -> GoTo(v, "WritePagesUnmapped") /\ UNCHANGED <<work, answer>>
         [] OTHER -> Answer(v, Error(INVALID_PARAMETERS))
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars>>

ReadRxToUnmap(v) ==
    /\ pc[v] = "ReadRxToUnmap"
    /\ LookAtRx(v, IF rxState[DomainOf[v]] = "free" THEN "WritePagesUnmapped"
                                                    ELSE "UnlockRxDenied")

WritePagesUnmapped(v) ==
    /\ pc[v] = "WritePagesUnmapped"
    /\ rxMapped' = [rxMapped EXCEPT ![DomainOf[v]] = FALSE]
    /\ GoTo(v, "TakeUnmappedRx")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxLock, rxState, spRxLock, listVars>>

TakeUnmappedRx(v) ==
    /\ pc[v] = "TakeUnmappedRx"
    /\ rxState' = [rxState EXCEPT ![DomainOf[v]] = "taken"]
    /\ IF Fixed("MapInRxLock")
       THEN GoTo(v, "UnlockRxUnmapped") /\ UNCHANGED <<work, answer>>
       ELSE Answer(v, Success(0, 0))
    /\ UNCHANGED <<call, lifeVars, versVars, rxLock, rxMapped, spRxLock, listVars>>

UnlockRxUnmapped(v) ==
    /\ pc[v] = "UnlockRxUnmapped"
    /\ UnlockRxAndAnswer(v, Success(0, 0))

--------------------------------------------------------------------------------
\* Ways out on which nothing was done

UnlockRxBusy(v) ==
    /\ pc[v] = "UnlockRxBusy"
    /\ UnlockRxAndAnswer(v, Error(BUSY))

\* A listing that gives up answers so, whatever becomes of the buffer.
UnlockRxDenied(v) ==
    /\ pc[v] = "UnlockRxDenied"
    /\ LET gaveUp == IsListing(v) /\ work[v] = Nothing
       IN  UnlockRxAndAnswer(v, IF gaveUp THEN GivenUp(v) ELSE Error(DENIED))

UnlockRxNotMapped(v) ==
    /\ pc[v] = "UnlockRxNotMapped"
    /\ UnlockRxAndAnswer(v, Error(INVALID_PARAMETERS))

--------------------------------------------------------------------------------

RxtxStep(v) ==
    \/ LockRxToAcquire(v)
    \/ ReadPagesToAcquire(v)
    \/ ReadRxToAcquire(v)
    \/ TakeRx(v)
    \/ UnlockRxTaken(v)
    \/ LockRxToHandOver(v)
    \/ HandOverRx(v)
    \/ LockRxToRelease(v)
    \/ ReadPagesToRelease(v)
    \/ ReadRxToRelease(v)
    \/ GiveRx(v)
    \/ UnlockRxGiven(v)
    \/ LockRxToMap(v)
    \/ ReadPagesToMap(v)
    \/ WritePagesMapped(v)
    \/ FreeMappedRx(v)
    \/ UnlockRxMapped(v)
    \/ LockRxToUnmap(v)
    \/ ReadPagesToUnmap(v)
    \/ ReadRxToUnmap(v)
    \/ WritePagesUnmapped(v)
    \/ TakeUnmappedRx(v)
    \/ UnlockRxUnmapped(v)
    \/ UnlockRxBusy(v)
    \/ UnlockRxDenied(v)
    \/ UnlockRxNotMapped(v)

================================================================================
