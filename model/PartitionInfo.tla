----------------------------- MODULE PartitionInfo -----------------------------
(******************************************************************************)
(* FFA_PARTITION_INFO_GET: a count of the other partitions, or a listing in   *)
(* the caller's RX buffer.  (src: partitionInfo.ts)                           *)
(*                                                                            *)
(* While a listing runs, work is <<version, last visited, endpoint IDs>>.     *)
(******************************************************************************)
EXTENDS Message

InSpRxSection == { "WriteSpEntries", "UnlockSpRx", "UnlockSpRxGivenUp" }
WalkLabels    == { "NextContext", "WriteEntry", "ReadUnlockList", "ReadUnlockNoRoom" }
CountLabels   == { "ReadFlagVers", "ReadVmCount" }
PartitionInfoLabels == { "ReadEntryVers", "LockSpRx", "ReadLockList" }
                           \cup CountLabels \cup InSpRxSection \cup WalkLabels

\* The size of a partition information entry, in bytes: a 1.0 caller gets the short one.
EntrySize(vers) == IF vers = 100 THEN 8 ELSE 24

\* The count leaves out the caller, so one is taken off.
CountAnswer(v, vms) ==
    Success(Sps(v) + vms, IF Fixed("PlainCount") THEN 0 ELSE EntrySize(work[v][1]))

\* The listing that RX holds.
ListAnswer(v) == Listing(Sps(v) + Len(work[v][3]), EntrySize(work[v][1]), work[v][3])

\* VMs have no UUID, so a call for one is not about them.  The posted code does not look.
IsAboutVms(v) == VmToVm /\ ~(ByUuid(v) /\ Fixed("VmsOnNilOnly"))

\* Flags that exist: the one that asks for a count, since 1.1.
FlagIsBad(v, vers) == vers = 100 \/ (Function(v) = "PARTITION_INFO_GET" /\ Argument(v) # 1)

\* The entries are written: the guest gets its answer, or first the buffer.
Filled(v) ==
    IF Fixed("FillerOwnsRx")
    THEN GoTo(v, "LockRxToHandOver") /\ UNCHANGED <<work, answer>>
    ELSE Answer(v, ListAnswer(v))

--------------------------------------------------------------------------------

\* The entry size follows from the caller's version.
ReadEntryVers(v) ==
    /\ pc[v] = "ReadEntryVers"
    /\ LET vers == guestVers[DomainOf[v]]
       IN  IF IsListing(v)
           THEN GoTo(v, "LockRxToAcquire") /\ work' = [work EXCEPT ![v] = <<vers, 0, <<>>>>]
           ELSE GoTo(v, "ReadFlagVers") /\ work' = [work EXCEPT ![v] = <<vers>>]
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, memVars>>

\* The version is read a second time, for the flags.
ReadFlagVers(v) ==
    /\ pc[v] = "ReadFlagVers"
    /\ CASE FlagIsBad(v, guestVers[DomainOf[v]]) \/ IsOfNobody(v) ->
                                        Answer(v, Error(INVALID_PARAMETERS))
         [] ~IsAboutVms(v)           -> Answer(v, CountAnswer(v, 0))
         [] Fixed("CountInReadLock") -> GoTo(v, "ReadLockList") /\ UNCHANGED <<work, answer>>
         [] OTHER                    -> GoTo(v, "ReadVmCount") /\ UNCHANGED <<work, answer>>
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars, memVars>>

\* Posted: no lock is held, and the answer follows at once.
ReadVmCount(v) ==
    /\ pc[v] = "ReadVmCount"
    /\ IF Fixed("CountInReadLock")
       THEN GoTo(v, "ReadUnlockList") /\ work' = [work EXCEPT ![v] = Append(@, vmCount)]
                                      /\ UNCHANGED answer
       ELSE Answer(v, CountAnswer(v, vmCount - 1))
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars, memVars>>

\* The entries of the SPs come first, through the mediator's own RX buffer, which one vCPU at a
\* time uses.
LockSpRx(v) ==
    /\ pc[v] = "LockSpRx"
    /\ spRxLock = 0
    /\ spRxLock' = v
    /\ GoTo(v, "WriteSpEntries")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxLock, rxMapped, rxState, listVars, memVars>>

WriteSpEntries(v) ==
    /\ pc[v] = "WriteSpEntries"
    /\ IF IsOfNobody(v) \/ Sps(v) * EntrySize(work[v][1]) > RxRoom
       THEN GoTo(v, "UnlockSpRxGivenUp") /\ work' = [work EXCEPT ![v] = Nothing]
       ELSE GoTo(v, "UnlockSpRx") /\ UNCHANGED work
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, memVars>>

UnlockSpRx(v) ==
    /\ pc[v] = "UnlockSpRx"
    /\ spRxLock' = 0
    /\ IF IsAboutVms(v)
       THEN GoTo(v, "ReadLockList") /\ UNCHANGED <<work, answer>>
       ELSE Filled(v)
    /\ UNCHANGED <<call, lifeVars, versVars, rxLock, rxMapped, rxState, listVars, memVars>>

UnlockSpRxGivenUp(v) ==
    /\ pc[v] = "UnlockSpRxGivenUp"
    /\ spRxLock' = 0
    /\ GoTo(v, "LockRxToRelease")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxLock, rxMapped, rxState, listVars, memVars>>

\* For a walk along the list, or for the count.
ReadLockList(v) ==
    /\ pc[v] = "ReadLockList"
    /\ listWriter = 0
    /\ listReaders' = listReaders \cup {v}
    /\ GoTo(v, IF IsListing(v) THEN "NextContext" ELSE "ReadVmCount")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, ctxList, listWriter, memVars>>

\* One step along the list; the caller's own context is passed over.
NextContext(v) ==
    /\ pc[v] = "NextContext"
    /\ LET next  == Behind(work[v][2])
           size  == EntrySize(work[v][1])
           used  == (Sps(v) + Len(work[v][3])) * size
       IN  /\ GoTo(v, CASE next = 0             -> "ReadUnlockList"
                        [] next = DomainOf[v]   -> "NextContext"
                        [] used + size > RxRoom -> "ReadUnlockNoRoom"
                        [] OTHER                -> "WriteEntry")
           /\ work' = [work EXCEPT ![v][2] = next]
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, memVars>>

\* What is written of the other context was set up before it could be found, and does not change.
WriteEntry(v) ==
    /\ pc[v] = "WriteEntry"
    /\ work' = [work EXCEPT ![v][3] = Append(@, FfaId(work[v][2]))]
    /\ GoTo(v, "NextContext")
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, memVars>>

ReadUnlockList(v) ==
    /\ pc[v] = "ReadUnlockList"
    /\ listReaders' = listReaders \ {v}
    /\ IF IsListing(v) THEN Filled(v) ELSE Answer(v, CountAnswer(v, work[v][2] - 1))
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, vmCount, ctxList, listWriter, memVars>>

ReadUnlockNoRoom(v) ==
    /\ pc[v] = "ReadUnlockNoRoom"
    /\ listReaders' = listReaders \ {v}
    /\ GoTo(v, "LockRxToRelease")
    /\ work' = [work EXCEPT ![v] = Nothing]
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, vmCount, ctxList, listWriter, memVars>>

\* The guest has the buffer now.
UnlockRxHandedOver(v) ==
    /\ pc[v] = "UnlockRxHandedOver"
    /\ UnlockRx(v)
    /\ IF IsSend(v) THEN GoTo(v, BehindCopy) /\ UNCHANGED <<work, answer>>
                    ELSE Answer(v, ListAnswer(v))

--------------------------------------------------------------------------------

PartitionInfoStep(v) ==
    \/ ReadEntryVers(v)
    \/ ReadFlagVers(v)
    \/ ReadVmCount(v)
    \/ LockSpRx(v)
    \/ WriteSpEntries(v)
    \/ UnlockSpRx(v)
    \/ UnlockSpRxGivenUp(v)
    \/ ReadLockList(v)
    \/ NextContext(v)
    \/ WriteEntry(v)
    \/ ReadUnlockList(v)
    \/ ReadUnlockNoRoom(v)
    \/ UnlockRxHandedOver(v)

================================================================================
