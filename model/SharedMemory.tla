------------------------------ MODULE SharedMemory ------------------------------
(******************************************************************************)
(* FFA_MEM_SHARE and FFA_MEM_RECLAIM: memory that a VM shares with an SP.     *)
(* (src: sharedMemory.ts)                                                     *)
(*                                                                            *)
(* The first object of a domain takes a reference to it, and the last one     *)
(* drops it, so that its memory stays while an SP may use it.  While a call   *)
(* runs, work is <<handle, status>>, the status once it is known.             *)
(******************************************************************************)
EXTENDS Message

LinkLabels    == { "LockShmToLink", "LinkShm", "UnlockShmLinked" }
UncountLabels == { "LockShmToUncount", "DecShmCount", "UnlockShmUncounted", "PutDomainOfShm" }
ShareLabels   == { "ReadShareVers", "ReadDescriptor", "LockShmToCount", "ReadShmCount",
                   "GetDomainForShm", "IncShmCount", "UnlockShmCounted", "UnlockShmFull",
                   "LockSpTx", "AskShare", "UnlockSpTx" }
ReclaimLabels == { "LockShmToUnlink", "FindShm", "UnlinkShm", "UnlockShmUnlinked",
                   "UnlockShmNotFound", "AskReclaim" }
ShmLabels     == LinkLabels \cup UncountLabels \cup ShareLabels \cup ReclaimLabels

IsShare(v) == Function(v) = "MEM_SHARE"

\* The domain that actor a works on: a teardown has it in work.
DomainAt(a) == IF a \in Vcpus THEN DomainOf[a] ELSE work[a][1]

Handles == 1..ShmLimit
Linked(d, h) == \E i \in 1..Len(shmList[d]) : shmList[d][i] = h

Without(handles, h) == LET other(g) == g # h IN SelectSeq(handles, other)

LockShm(a, to) ==
    /\ shmLock[DomainAt(a)] = 0
    /\ shmLock' = [shmLock EXCEPT ![DomainAt(a)] = a]
    /\ GoTo(a, to)
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars, txLock, shmCount, shmList,
                   spObjects, spTxLock, toTell, retryVars>>

UnlockShm(a) ==
    /\ shmLock' = [shmLock EXCEPT ![DomainAt(a)] = 0]
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars, txLock, shmCount, shmList,
                   spObjects, spTxLock, toTell, retryVars>>

\* A domain that nobody refers to is not found any more.
DropReference(d) ==
    /\ refs' = [refs EXCEPT ![d] = @ - 1]
    /\ life' = IF refs[d] = 1 THEN [life EXCEPT ![d] = "dropped"] ELSE life
    /\ UNCHANGED <<isDying, held>>

--------------------------------------------------------------------------------
\* FFA_MEM_SHARE

\* The layout of the descriptor follows from the version.
ReadShareVers(v) ==
    /\ pc[v] = "ReadShareVers"
    /\ GoTo(v, "ReadDescriptor") /\ UNCHANGED work
    /\ LookUp(v)

ReadDescriptor(v) ==
    /\ pc[v] = "ReadDescriptor"
    /\ \E read \in TxContents :
        IF read = 20 THEN GoTo(v, "LockShmToCount") /\ UNCHANGED work
                     ELSE GoTo(v, "UnlockTx") /\ Keep(v, <<0, INVALID_PARAMETERS>>)
    /\ LookUp(v)

LockShmToCount(v) ==
    /\ pc[v] = "LockShmToCount"
    /\ LockShm(v, "ReadShmCount")

ReadShmCount(v) ==
    /\ pc[v] = "ReadShmCount"
    /\ GoTo(v, CASE shmCount[DomainOf[v]] >= ShmLimit -> "UnlockShmFull"
                 [] shmCount[DomainOf[v]] = 0         -> "GetDomainForShm"
                 [] OTHER                             -> "IncShmCount")
    /\ UNCHANGED work
    /\ LookUp(v)

GetDomainForShm(v) ==
    /\ pc[v] = "GetDomainForShm"
    /\ refs' = [refs EXCEPT ![DomainOf[v]] = @ + 1]
    /\ GoTo(v, "IncShmCount")
    /\ UNCHANGED <<taskVars, life, isDying, held, versVars, rxVars, listVars, memVars>>

IncShmCount(v) ==
    /\ pc[v] = "IncShmCount"
    /\ shmCount' = [shmCount EXCEPT ![DomainOf[v]] = @ + 1]
    /\ GoTo(v, "UnlockShmCounted")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars, txLock, shmLock, shmList,
                   spObjects, spTxLock, toTell, retryVars>>

UnlockShmCounted(v) ==
    /\ pc[v] = "UnlockShmCounted"
    /\ GoTo(v, "LockSpTx")
    /\ UnlockShm(v)
    /\ UNCHANGED <<work, answer>>

UnlockShmFull(v) ==
    /\ pc[v] = "UnlockShmFull"
    /\ GoTo(v, "UnlockTx") /\ Keep(v, <<0, NO_MEMORY>>)
    /\ UnlockShm(v)
    /\ UNCHANGED answer

\* The descriptor for the SP is put together in the mediator's own TX buffer.
LockSpTx(v) ==
    /\ pc[v] = "LockSpTx"
    /\ spTxLock = 0
    /\ spTxLock' = v
    /\ GoTo(v, "AskShare")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars, txLock, shmVars, toTell,
                   retryVars>>

\* The secure world gives a handle, or a status.
AskShare(v) ==
    /\ pc[v] = "AskShare"
    /\ \E status \in SpAnswers :
        IF status = OK
        THEN LET d == DomainOf[v]
                 h == CHOOSE h \in Handles \ spObjects[d] :
                          \A other \in Handles \ spObjects[d] : h <= other
             IN  spObjects' = [spObjects EXCEPT ![d] = @ \cup {h}] /\ Keep(v, <<h, OK>>)
        ELSE Keep(v, <<0, status>>) /\ UNCHANGED spObjects
    /\ GoTo(v, "UnlockSpTx")
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, txLock, shmLock, shmCount,
                   shmList, spTxLock, toTell, retryVars>>

UnlockSpTx(v) ==
    /\ pc[v] = "UnlockSpTx"
    /\ spTxLock' = 0
    /\ GoTo(v, IF work[v][2] = OK THEN "LockShmToLink" ELSE "LockShmToUncount")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars, txLock, shmVars, toTell,
                   retryVars>>

--------------------------------------------------------------------------------
\* Linking a new object, or one that was not reclaimed

LockShmToLink(v) ==
    /\ pc[v] = "LockShmToLink"
    /\ LockShm(v, "LinkShm")

LinkShm(v) ==
    /\ pc[v] = "LinkShm"
    /\ shmList' = [shmList EXCEPT ![DomainOf[v]] = Append(@, work[v][1])]
    /\ GoTo(v, "UnlockShmLinked")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars, txLock, shmLock, shmCount,
                   spObjects, spTxLock, toTell, retryVars>>

UnlockShmLinked(v) ==
    /\ pc[v] = "UnlockShmLinked"
    /\ UnlockShm(v)
    /\ IF IsShare(v) THEN GoTo(v, "UnlockTx") /\ UNCHANGED <<work, answer>>
                     ELSE Answer(v, Error(work[v][2]))

--------------------------------------------------------------------------------
\* Counting an object down, by a vCPU or by a teardown

\* While it is counted down, how many are left stands behind what was in work.
BehindUncount(a) ==
    LET before == SubSeq(work[a], 1, Len(work[a]) - 1)
    IN  CASE a \notin Vcpus -> GoTo(a, "NextShmTorn") /\ Keep(a, before) /\ UNCHANGED answer
          [] IsShare(a)     -> GoTo(a, "UnlockTx") /\ Keep(a, before) /\ UNCHANGED answer
          [] OTHER          -> Answer(a, Success(0, 0))

LockShmToUncount(a) ==
    /\ pc[a] = "LockShmToUncount"
    /\ LockShm(a, "DecShmCount")

DecShmCount(a) ==
    /\ pc[a] = "DecShmCount"
    /\ shmCount' = [shmCount EXCEPT ![DomainAt(a)] = @ - 1]
    /\ Keep(a, Append(work[a], shmCount[DomainAt(a)] - 1))
    /\ GoTo(a, "UnlockShmUncounted")
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, txLock, shmLock, shmList,
                   spObjects, spTxLock, toTell, retryVars>>

\* The last object of a domain lets go of it.
UnlockShmUncounted(a) ==
    /\ pc[a] = "UnlockShmUncounted"
    /\ UnlockShm(a)
    /\ IF work[a][Len(work[a])] = 0
       THEN GoTo(a, "PutDomainOfShm") /\ UNCHANGED <<work, answer>>
       ELSE BehindUncount(a)

PutDomainOfShm(a) ==
    /\ pc[a] = "PutDomainOfShm"
    /\ DropReference(DomainAt(a))
    /\ BehindUncount(a)
    /\ UNCHANGED <<call, versVars, rxVars, listVars, memVars>>

--------------------------------------------------------------------------------
\* FFA_MEM_RECLAIM: unlinked, so that nobody else asks for it, and linked again if that fails

LockShmToUnlink(v) ==
    /\ pc[v] = "LockShmToUnlink"
    /\ LockShm(v, "FindShm")

FindShm(v) ==
    /\ pc[v] = "FindShm"
    /\ GoTo(v, IF Linked(DomainOf[v], Argument(v)) THEN "UnlinkShm" ELSE "UnlockShmNotFound")
    /\ UNCHANGED work
    /\ LookUp(v)

UnlinkShm(v) ==
    /\ pc[v] = "UnlinkShm"
    /\ shmList' = [shmList EXCEPT ![DomainOf[v]] = Without(@, Argument(v))]
    /\ GoTo(v, "UnlockShmUnlinked")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars, txLock, shmLock, shmCount,
                   spObjects, spTxLock, toTell, retryVars>>

UnlockShmUnlinked(v) ==
    /\ pc[v] = "UnlockShmUnlinked"
    /\ GoTo(v, "AskReclaim")
    /\ UnlockShm(v)
    /\ UNCHANGED <<work, answer>>

UnlockShmNotFound(v) ==
    /\ pc[v] = "UnlockShmNotFound"
    /\ Answer(v, Error(INVALID_PARAMETERS))
    /\ UnlockShm(v)

AskReclaim(v) ==
    /\ pc[v] = "AskReclaim"
    /\ \E status \in SpAnswers :
        /\ Keep(v, <<Argument(v), status>>)
        /\ IF status = OK
           THEN /\ spObjects' = [spObjects EXCEPT ![DomainOf[v]] = @ \ {Argument(v)}]
                /\ GoTo(v, "LockShmToUncount")
           ELSE GoTo(v, "LockShmToLink") /\ UNCHANGED spObjects
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, txLock, shmLock, shmCount,
                   shmList, spTxLock, toTell, retryVars>>

--------------------------------------------------------------------------------

ShmStep(v) ==
    \/ ReadShareVers(v)
    \/ ReadDescriptor(v)
    \/ LockShmToCount(v)
    \/ ReadShmCount(v)
    \/ GetDomainForShm(v)
    \/ IncShmCount(v)
    \/ UnlockShmCounted(v)
    \/ UnlockShmFull(v)
    \/ LockSpTx(v)
    \/ AskShare(v)
    \/ UnlockSpTx(v)
    \/ LockShmToLink(v)
    \/ LinkShm(v)
    \/ UnlockShmLinked(v)
    \/ LockShmToUnlink(v)
    \/ FindShm(v)
    \/ UnlinkShm(v)
    \/ UnlockShmUnlinked(v)
    \/ UnlockShmNotFound(v)
    \/ AskReclaim(v)

\* Of a vCPU, a toolstack task and the timer.
UncountStep(a) ==
    \/ LockShmToUncount(a)
    \/ DecShmCount(a)
    \/ UnlockShmUncounted(a)
    \/ PutDomainOfShm(a)

================================================================================
