--------------------------------- MODULE Rxtx ----------------------------------
(******************************************************************************)
(* Mapping of a guest's RX and TX buffers, and who owns RX.  (src: rxtx.ts)   *)
(*                                                                            *)
(* The posted code keeps one bit, rx_is_free, so that "taken" says two        *)
(* things: the mediator fills the buffer, or the guest has it.  With          *)
(* FillerOwnsRx the first is "filling".  One rule then decides for release    *)
(* and unmapping, in one critical section of rx_lock: whoever owns the buffer *)
(* may give it back, and only one that is free may be unmapped.               *)
(*                                                                            *)
(* While SEND2 runs, work is <<what it read of TX, status>>, the status once  *)
(* it is known; of a call that has only tx_lock to release it is the same.    *)
(******************************************************************************)
EXTENDS NegotiateVersion

AcquireLabels == { "LockRxToAcquire", "ReadPagesToAcquire", "ReadRxToAcquire", "TakeRx",
                   "UnlockRxTaken" }
GiveUpLabels  == { "LockRxToRelease", "ReadPagesToRelease", "ReadRxToRelease", "GiveRx",
                   "UnlockRxGiven" }
HandOverLabels == { "LockRxToHandOver", "HandOverRx", "UnlockRxHandedOver" }
MapLabels     == { "LockTxToMap", "LockRxToMap", "ReadPagesToMap", "WritePagesMapped",
                   "FreeMappedRx", "UnlockRxMapped" }
UnmapLabels   == { "LockTxToUnmap", "LockRxToUnmap", "ReadPagesToUnmap", "ReadRxToUnmap",
                   "WritePagesUnmapped", "TakeUnmappedRx", "UnlockRxUnmapped" }
RefusedLabels == { "UnlockRxBusy", "UnlockRxDenied", "UnlockRxNotMapped" }
RxtxLabels == AcquireLabels \cup GiveUpLabels \cup HandOverLabels \cup MapLabels \cup UnmapLabels
                  \cup RefusedLabels \cup { "UnlockTx" }

\* A listing takes the buffer, fills it, and hands it over to its guest.
IsListing(v) ==
    Function(v) = "PARTITION_INFO_OF" \/ (Function(v) = "PARTITION_INFO_GET" /\ Argument(v) = 0)
IsSend(v)    == Function(v) = "SEND2"
IsMapping(v) == Function(v) \in {"RXTX_MAP", "RXTX_UNMAP"}

\* The domain that a message is to, and the one whose RX a call works on.
Receiver(v) == work[v][1] % 10
RxOf(v)     == IF IsSend(v) THEN Receiver(v) ELSE DomainOf[v]

\* How many SPs a call asks about: all of them for the Nil UUID, and none for one of nobody.
ByUuid(v) == Function(v) \in {"PARTITION_INFO_OF", "PARTITION_COUNT_OF"}
Sps(v)    == IF ByUuid(v) THEN Argument(v) ELSE SpCount
IsOfNobody(v) == ByUuid(v) /\ Sps(v) = 0

\* A listing that gives its buffer back again was about nobody, or had no room.
GivenUp(v) == Error(IF IsOfNobody(v) THEN INVALID_PARAMETERS ELSE NO_MEMORY)

\* What the buffer is while the mediator fills it.
Filling == IF Fixed("FillerOwnsRx") THEN "filling" ELSE "taken"

\* The one rule: a filler gives back what it fills, the guest what it was handed.
MayGive(v) ==
    IF Fixed("FillerOwnsRx")
    THEN rxState[RxOf(v)] = (IF IsListing(v) \/ IsSend(v) THEN "filling" ELSE "taken")
    ELSE rxState[RxOf(v)] # "free"

LockRx(v, d, to) ==
    /\ rxLock[d] = 0
    /\ rxLock' = [rxLock EXCEPT ![d] = v]
    /\ GoTo(v, to)
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxMapped, rxState, spRxLock, listVars, memVars>>

LockTx(v, to) ==
    /\ txLock[DomainOf[v]] = 0
    /\ txLock' = [txLock EXCEPT ![DomainOf[v]] = v]
    /\ GoTo(v, to)
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars, shmVars, spTxLock, toTell,
                   retryVars>>

\* Reads without an effect on what is shared.
LookAtRx(v, to) ==
    /\ GoTo(v, to)
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars, memVars>>

WriteRxState(v, state, to) ==
    /\ rxState' = [rxState EXCEPT ![RxOf(v)] = state]
    /\ GoTo(v, to)
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxLock, rxMapped, spRxLock, listVars, memVars>>

UnlockRx(v) ==
    /\ rxLock' = [rxLock EXCEPT ![RxOf(v)] = 0]
    /\ UNCHANGED <<call, lifeVars, versVars, rxMapped, rxState, spRxLock, listVars, memVars>>

\* A message comes to nothing: its receiver is let go of.
GiveUpSending(v, status) ==
    /\ GoTo(v, "LetGoReceiver")
    /\ Keep(v, <<work[v][1], status>>)
    /\ UNCHANGED answer

\* FFA_RXTX_MAP and FFA_RXTX_UNMAP have ended, but for tx_lock.
EndMapping(v, status) ==
    IF Fixed("MapInTxLock")
    THEN GoTo(v, "UnlockTx") /\ Keep(v, <<0, status>>) /\ UNCHANGED answer
    ELSE Answer(v, StatusAnswer(status))

--------------------------------------------------------------------------------
\* Taking the buffer to fill it

LockRxToAcquire(v) ==
    /\ pc[v] = "LockRxToAcquire"
    /\ LockRx(v, RxOf(v), "ReadPagesToAcquire")

ReadPagesToAcquire(v) ==
    /\ pc[v] = "ReadPagesToAcquire"
    /\ LookAtRx(v, IF rxMapped[RxOf(v)] THEN "ReadRxToAcquire" ELSE "UnlockRxDenied")

ReadRxToAcquire(v) ==
    /\ pc[v] = "ReadRxToAcquire"
    /\ LookAtRx(v, IF rxState[RxOf(v)] = "free" THEN "TakeRx" ELSE "UnlockRxBusy")

TakeRx(v) ==
    /\ pc[v] = "TakeRx"
    /\ WriteRxState(v, Filling, "UnlockRxTaken")

\* A message that does not fit is given up here, and the buffer with it.
UnlockRxTaken(v) ==
    /\ pc[v] = "UnlockRxTaken"
    /\ CASE ~IsSend(v)        -> GoTo(v, "LockSpRx") /\ UNCHANGED work
         [] work[v][1] > 10   -> GoTo(v, "LockRxToRelease") /\ Keep(v, Append(work[v], NO_MEMORY))
         [] OTHER             -> GoTo(v, "BeginCopy") /\ UNCHANGED work
    /\ UnlockRx(v)
    /\ UNCHANGED answer

--------------------------------------------------------------------------------
\* FillerOwnsRx: handing a filled buffer over to the guest

LockRxToHandOver(v) ==
    /\ pc[v] = "LockRxToHandOver"
    /\ LockRx(v, RxOf(v), "HandOverRx")

HandOverRx(v) ==
    /\ pc[v] = "HandOverRx"
    /\ WriteRxState(v, "taken", "UnlockRxHandedOver")

--------------------------------------------------------------------------------
\* Giving the buffer back: FFA_RX_RELEASE, and whoever could not fill it

LockRxToRelease(v) ==
    /\ pc[v] = "LockRxToRelease"
    /\ LockRx(v, RxOf(v), "ReadPagesToRelease")

ReadPagesToRelease(v) ==
    /\ pc[v] = "ReadPagesToRelease"
    /\ LookAtRx(v, IF rxMapped[RxOf(v)] THEN "ReadRxToRelease" ELSE "UnlockRxDenied")

ReadRxToRelease(v) ==
    /\ pc[v] = "ReadRxToRelease"
    /\ LookAtRx(v, IF MayGive(v) THEN "GiveRx" ELSE "UnlockRxDenied")

GiveRx(v) ==
    /\ pc[v] = "GiveRx"
    /\ WriteRxState(v, "free", "UnlockRxGiven")

UnlockRxGiven(v) ==
    /\ pc[v] = "UnlockRxGiven"
    /\ UnlockRx(v)
    /\ IF IsSend(v) THEN GiveUpSending(v, work[v][2])
                    ELSE Answer(v, IF IsListing(v) THEN GivenUp(v) ELSE Success(0, 0))

--------------------------------------------------------------------------------
\* FFA_RXTX_MAP.  Posted: no lock is held from the look at page_count to the last store.

LockTxToMap(v) ==
    /\ pc[v] = "LockTxToMap"
    /\ LockTx(v, BehindTxLock("LockRxToMap", "ReadPagesToMap"))

LockRxToMap(v) ==
    /\ pc[v] = "LockRxToMap"
    /\ LockRx(v, DomainOf[v], BehindRxLock("LockTxToMap", "ReadPagesToMap"))

ReadPagesToMap(v) ==
    /\ pc[v] = "ReadPagesToMap"
    /\ CASE ~rxMapped[DomainOf[v]] -> GoTo(v, "WritePagesMapped") /\ UNCHANGED <<work, answer>>
         [] Fixed("MapInRxLock")   -> GoTo(v, "UnlockRxDenied") /\ UNCHANGED <<work, answer>>
         [] OTHER                  -> EndMapping(v, DENIED)
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars, memVars>>

WritePagesMapped(v) ==
    /\ pc[v] = "WritePagesMapped"
    /\ rxMapped' = [rxMapped EXCEPT ![DomainOf[v]] = TRUE]
    /\ GoTo(v, "FreeMappedRx")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxLock, rxState, spRxLock, listVars, memVars>>

FreeMappedRx(v) ==
    /\ pc[v] = "FreeMappedRx"
    /\ rxState' = [rxState EXCEPT ![DomainOf[v]] = "free"]
    /\ IF Fixed("MapInRxLock")
       THEN GoTo(v, "UnlockRxMapped") /\ UNCHANGED <<work, answer>>
       ELSE EndMapping(v, OK)
    /\ UNCHANGED <<call, lifeVars, versVars, rxLock, rxMapped, spRxLock, listVars, memVars>>

UnlockRxMapped(v) ==
    /\ pc[v] = "UnlockRxMapped"
    /\ UnlockRx(v)
    /\ EndMapping(v, OK)

--------------------------------------------------------------------------------
\* FFA_RXTX_UNMAP, and the unmapping of a teardown.  Posted: no lock is held, and nobody looks who
\* owns the buffer.  A teardown is not refused: it waits for whoever fills the buffer.

EndUnmapping(a, status) ==
    IF a \in Vcpus THEN EndMapping(a, status)
                   ELSE BeginRound(a, DomainOf[a]) /\ UNCHANGED answer

UnmapsInRxLock(a) == Fixed(IF a \in Vcpus THEN "MapInRxLock" ELSE "UnmapInRxLock")

LockTxToUnmap(v) ==
    /\ pc[v] = "LockTxToUnmap"
    /\ LockTx(v, BehindTxLock("LockRxToUnmap", "ReadPagesToUnmap"))

LockRxToUnmap(v) ==
    /\ pc[v] = "LockRxToUnmap"
    /\ LockRx(v, DomainOf[v], BehindRxLock("LockTxToUnmap", "ReadPagesToUnmap"))

LockRxToTearDown(t) ==
    /\ pc[t] = "LockRxToTearDown"
    /\ LockRx(t, DomainOf[t], "ReadPagesToUnmap")

ReadPagesToUnmap(a) ==
    /\ pc[a] = "ReadPagesToUnmap"
    /\ CASE UnmapsInRxLock(a) ->
                /\ GoTo(a, IF rxMapped[DomainOf[a]] THEN "ReadRxToUnmap" ELSE "UnlockRxNotMapped")
                /\ UNCHANGED <<work, answer>>
         [] rxMapped[DomainOf[a]] -> GoTo(a, "WritePagesUnmapped") /\ UNCHANGED <<work, answer>>
         [] OTHER -> EndUnmapping(a, INVALID_PARAMETERS)
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars, memVars>>

ReadRxToUnmap(a) ==
    /\ pc[a] = "ReadRxToUnmap"
    /\ LET state == rxState[DomainOf[a]]
           may   == IF a \in Vcpus THEN state = "free" ELSE state # "filling"
       IN  LookAtRx(a, CASE may        -> "WritePagesUnmapped"
                         [] a \in Vcpus -> "UnlockRxDenied"
                         [] OTHER      -> "UnlockRxToWait")

WritePagesUnmapped(a) ==
    /\ pc[a] = "WritePagesUnmapped"
    /\ rxMapped' = [rxMapped EXCEPT ![DomainOf[a]] = FALSE]
    /\ GoTo(a, "TakeUnmappedRx")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxLock, rxState, spRxLock, listVars, memVars>>

TakeUnmappedRx(a) ==
    /\ pc[a] = "TakeUnmappedRx"
    /\ rxState' = [rxState EXCEPT ![DomainOf[a]] = "taken"]
    /\ IF UnmapsInRxLock(a)
       THEN GoTo(a, "UnlockRxUnmapped") /\ UNCHANGED <<work, answer>>
       ELSE EndUnmapping(a, OK)
    /\ UNCHANGED <<call, lifeVars, versVars, rxLock, rxMapped, spRxLock, listVars, memVars>>

UnlockRxOfUnmapped(a, status) ==
    /\ rxLock' = [rxLock EXCEPT ![DomainOf[a]] = 0]
    /\ EndUnmapping(a, status)
    /\ UNCHANGED <<call, lifeVars, versVars, rxMapped, rxState, spRxLock, listVars, memVars>>

UnlockRxUnmapped(a) ==
    /\ pc[a] = "UnlockRxUnmapped"
    /\ UnlockRxOfUnmapped(a, OK)

UnlockRxNotMapped(a) ==
    /\ pc[a] = "UnlockRxNotMapped"
    /\ UnlockRxOfUnmapped(a, INVALID_PARAMETERS)

UnlockRxToWait(t) ==
    /\ pc[t] = "UnlockRxToWait"
    /\ rxLock' = [rxLock EXCEPT ![DomainOf[t]] = 0]
    /\ GoTo(t, "LockRxToTearDown")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxMapped, rxState, spRxLock, listVars, memVars>>

--------------------------------------------------------------------------------
\* Ways out on which nothing was done

UnlockRxBusy(v) ==
    /\ pc[v] = "UnlockRxBusy"
    /\ UnlockRx(v)
    /\ IF IsSend(v) THEN GiveUpSending(v, BUSY) ELSE Answer(v, Error(BUSY))

\* Who gives up a buffer answers so, whatever becomes of it.
UnlockRxDenied(v) ==
    /\ pc[v] = "UnlockRxDenied"
    /\ UnlockRx(v)
    /\ CASE IsSend(v) -> GiveUpSending(v, IF Len(work[v]) = 2 THEN work[v][2] ELSE DENIED)
         [] IsMapping(v)                          -> EndMapping(v, DENIED)
         [] IsListing(v) /\ work[v] = Nothing     -> Answer(v, GivenUp(v))
         [] OTHER                                 -> Answer(v, Error(DENIED))

--------------------------------------------------------------------------------
\* The end of every call that has taken tx_lock

UnlockTx(v) ==
    /\ pc[v] = "UnlockTx"
    /\ txLock' = [txLock EXCEPT ![DomainOf[v]] = 0]
    /\ Answer(v, IF work[v][2] = OK THEN Success(IF IsSend(v) THEN 0 ELSE work[v][1], 0)
                                    ELSE Error(work[v][2]))
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars, shmVars, spTxLock, toTell,
                   retryVars>>

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
    \/ LockTxToMap(v)
    \/ LockRxToMap(v)
    \/ ReadPagesToMap(v)
    \/ WritePagesMapped(v)
    \/ FreeMappedRx(v)
    \/ UnlockRxMapped(v)
    \/ LockTxToUnmap(v)
    \/ LockRxToUnmap(v)
    \/ UnlockRxBusy(v)
    \/ UnlockRxDenied(v)
    \/ UnlockTx(v)

\* Of a vCPU and of a toolstack task.
UnmapStep(a) ==
    \/ ReadPagesToUnmap(a)
    \/ ReadRxToUnmap(a)
    \/ WritePagesUnmapped(a)
    \/ TakeUnmappedRx(a)
    \/ UnlockRxUnmapped(a)
    \/ UnlockRxNotMapped(a)

================================================================================
