------------------------------ MODULE Properties -------------------------------
(******************************************************************************)
(* What must hold: invariants first, then properties of steps.                *)
(******************************************************************************)
EXTENDS FfaMediator

VcpuLabels == MediatorLabels \cup NegotiationLabels \cup PartitionInfoLabels \cup RxtxLabels
                  \cup MessageLabels \cup ShmLabels

\* The sets that a shape needs have names, so that TLC computes each once.
CallOrNone     == Calls \cup {NoCall}
VersionOrNone  == Words \cup {Closed}
VcpuOrNone     == {0} \cup Vcpus
ActorOrNone    == {0} \cup Actors
RxStates       == {"free", "taken", Filling}

\* Every variable has the shape that its description promises.
TypeOK ==
    /\ \A v \in Vcpus : pc[v] \in VcpuLabels
    /\ \A t \in Toolstack : pc[t] \in ToolstackLabels
    /\ pc[Timer] \in TimerLabels
    /\ \A v \in Vcpus : call[v] \in CallOrNone
    /\ \A v \in Vcpus : (call[v] = NoCall) <=> pc[v] = "idle"
    /\ \A v \in Vcpus : (answer[v] # Nothing) <=> pc[v] = "ReturnFromCall"
    /\ life \in [Domains -> {"absent", "created", "running", "paused", "dropped"}]
    /\ isDying \in [Domains -> BOOLEAN]
    /\ refs \in [Domains -> 0..3]
    /\ \A d \in Domains : held[d] \subseteq Vcpus
    /\ guestVers \in [Domains -> VersionOrNone]
    /\ versTmp \in [Domains -> Words]
    /\ versLock \in [Domains -> VcpuOrNone]
    /\ rxLock \in [Domains -> ActorOrNone]
    /\ rxMapped \in [Domains -> BOOLEAN]
    /\ rxState \in [Domains -> RxStates]
    /\ spRxLock \in VcpuOrNone
    /\ vmCount \in 0..NumDomains
    /\ ctxList \in Seq(Domains)
    /\ listWriter \in ActorOrNone
    /\ listReaders \subseteq Vcpus
    /\ txLock \in [Domains -> VcpuOrNone]
    /\ shmLock \in [Domains -> ActorOrNone]
    /\ shmCount \in [Domains -> 0..ShmLimit]
    /\ \A d \in Domains : shmList[d] \in Seq(Handles)
    /\ spTxLock \in VcpuOrNone
    /\ \A d \in Domains : spObjects[d] \subseteq Handles
    /\ \A d \in Domains : toTell[d] \subseteq 1..Subscribers
    /\ retryList \in Seq(Domains)
    /\ retryLock \in ActorOrNone
    /\ timerSet \in BOOLEAN

--------------------------------------------------------------------------------
\* Negotiation

HasVersion(d) == guestVers[d] \notin {NoVersion, Closed}

\* What is published is a version that the mediator can speak.  (H6 breaks this.)
PublishedIsSupportedInv ==
    \A d \in Domains : guestVers[d] \in Supported \cup {NoVersion, Closed}

\* An FFA_VERSION that settles something has left its mark when it returns, so that of several the
\* last one counts.  Words with bit 31 set are H6's.
RequestIsNotedInv ==
    \A v \in Vcpus :
        /\ pc[v] = "UnlockToReturn" /\ Function(v) = "VERSION"
        /\ work[v] = Nothing /\ Settles(Argument(v)) /\ ~HasBit31(Argument(v))
        => versTmp[DomainOf[v]] = IF Argument(v) \in Supported THEN Argument(v) ELSE MyVersion

WorkLabels == {"ReadNegotiatedVers"} \cup PartitionInfoLabels \cup RxtxLabels \cup MessageLabels
                  \cup ShmLabels

\* Whatever works on a domain's behalf behind dispatch does so for a domain with a version.
NoWorkBeforeVersionInv ==
    \A v \in Vcpus : pc[v] \in WorkLabels => HasVersion(DomainOf[v])

\* An FF-A call other than FFA_VERSION gets nothing but NOT_SUPPORTED while no version is published.
NoAnswerBeforeVersionInv ==
    \A v \in Vcpus :
        pc[v] = "ReturnFromCall" /\ Function(v) \notin {"VERSION", "FOREIGN"}
                                /\ answer[v] # Error(NOT_SUPPORTED)
        => HasVersion(DomainOf[v])

\* A function ID that is not FF-A's is unknown.
ForeignIsUnknownInv ==
    \A v \in Vcpus : pc[v] = "ReturnFromCall" /\ Function(v) = "FOREIGN" => answer[v] = Unknown

--------------------------------------------------------------------------------
\* The count and the list

\* A count that leaves the caller out comes from a count that had the caller in.  (H1 breaks this.)
NoNegativeAnswerInv ==
    \A v \in Vcpus :
        pc[v] = "ReturnFromCall" /\ AsksForPartitions(v) /\ answer[v][1] = "SUCCESS"
        => answer[v][2] >= Sps(v)

\* A count is answered alone: the size of an entry belongs to a listing.
CountIsPlainInv ==
    \A v \in Vcpus :
        pc[v] = "ReturnFromCall" /\ AsksForPartitions(v) /\ ~IsListing(v)
                                /\ answer[v][1] = "SUCCESS"
        => answer[v][3] = 0

\* Who asks for a UUID is told of SPs that have it, and of nobody else.  (H10 breaks this.)
UuidIsOfSpsInv ==
    \A v \in Vcpus :
        pc[v] = "ReturnFromCall" /\ ByUuid(v) /\ answer[v][1] = "SUCCESS" => answer[v][2] = Sps(v)

\* The count is never below what it stands for: the running VMs with a version.  (H1 breaks this.)
CountCoversVersionsInv ==
    VmToVm => vmCount >= Cardinality({d \in Domains : life[d] = "running"
                                                      /\ HasVersion(d)})

\* Whoever may read the list finds as many members as the count says.  (H8 breaks this.)
CountIsLengthInv ==
    listWriter = 0 => vmCount = Len(ctxList)

\* Nobody reads the count while another may change it or the list.  Every actor here sees every
\* store at once; on a machine that does not promise that, this is what makes the count and the
\* list that a caller sees those of one moment.
CountReadAloneInv ==
    \A v \in Vcpus : pc[v] = "ReadVmCount" => listWriter = 0

\* No context is on the list twice.
ListedOnceInv ==
    \A i, j \in 1..Len(ctxList) : ctxList[i] = ctxList[j] => i = j

\* While nobody negotiates and nobody tears down, the list has exactly the VMs with a version.
ListedWhenPublishedInv ==
    VmToVm => \A d \in Domains :
        versLock[d] = 0 /\ life[d] = "running" => (Listed(d) <=> HasVersion(d))

\* A freed context is on no list.  (H4 breaks this.)
NoFreedContextListedInv ==
    \A d \in Domains :
        Listed(d) \/ (\E i \in 1..Len(retryList) : retryList[i] = d) => life[d] # "absent"

\* Nobody who walks the list stands on a freed context.
NoFreedContextVisitedInv ==
    \A v \in Vcpus :
        pc[v] \in {"NextContext", "WriteEntry"} /\ work[v][2] # 0 => life[work[v][2]] # "absent"

\* Whom FFA_MSG_SEND2 finds is a VM that PARTITION_INFO_GET lists.  (H7 breaks this.)
FoundIsListedProp ==
    [][\A v \in Vcpus :
        pc[v] \in LookUpLabels /\ pc'[v] = "LockRxToAcquire" => Listed(Receiver(v))]_vars

\* A VM that PARTITION_INFO_GET lists is one that FFA_MSG_SEND2 finds.  (H7 breaks this.)
ListedIsFoundProp ==
    [][\A v \in Vcpus :
        pc[v] \in LookUpLabels /\ pc'[v] \in {"LetGoReceiver", "UnlockTx"}
        => ~Listed(Receiver(v))]_vars

--------------------------------------------------------------------------------
\* Contexts of others

\* A context that another actor than its own vCPUs and its own toolstack task is about to touch: a
\* sender its receiver's, the timer the one whose teardown goes on, and whoever sets the timer that
\* of the first on the list.
ReceiverLabels == { "ReadReceiverDying", "ReadReceiverVers", "LetGoReceiver", "RaiseBufferFull" }
                      \cup AcquireLabels \cup GiveUpLabels \cup HandOverLabels \cup CopyLabels
                      \cup {"UnlockRxBusy", "UnlockRxDenied"}
TornContextLabels == TellLabels \cup TornLabels \cup UncountLabels
                         \cup {"AppendRetry", "PutDomainOfTeardown"}
Touches(a, d) ==
    \/ a \in Vcpus /\ pc[a] \in ReceiverLabels /\ IsSend(a) /\ Receiver(a) = d
    \/ a \notin Vcpus /\ pc[a] \in TornContextLabels /\ work[a][1] = d
    \/ a \notin Vcpus /\ pc[a] = "SetTimer" /\ work[a][3] = d

\* Nobody touches a context after it is freed, or the one of another domain of its ID.  (H3 and H4
\* break this.)
NoFreedContextTouchedInv ==
    \A a \in Actors, d \in Domains :
        Touches(a, d) => IF a \in Vcpus THEN life[d] \in {"running", "paused", "dropped"}
                                        ELSE life[d] \in {"created", "paused", "dropped"}

\* A sender that has found its receiver, and not let go of it, holds it.
HeldIsFoundInv ==
    \A v \in Vcpus :
        pc[v] \in ReceiverLabels \ {"RaiseBufferFull"} /\ IsSend(v) => v \in held[Receiver(v)]

--------------------------------------------------------------------------------
\* The RX buffer

\* A vCPU that has taken a buffer to fill it, and has not yet given it to anybody.
FillLabels ==
    { "UnlockRxTaken", "LockSpRx", "ReadLockList", "LockRxToHandOver", "HandOverRx" }
        \cup InSpRxSection \cup WalkLabels \cup CopyLabels \cup (GiveUpLabels \ {"UnlockRxGiven"})
Fills(v) == pc[v] \in FillLabels /\ (IsListing(v) \/ IsSend(v))

\* Who fills a buffer owns it.  (H9 breaks this.)
FillerOwnsRxInv ==
    \A v \in Vcpus : Fills(v) => rxState[RxOf(v)] = Filling

\* Two vCPUs do not fill one buffer.  (H9 breaks this.)
OneFillerInv ==
    \A v, w \in Vcpus : v < w /\ Fills(v) /\ Fills(w) => RxOf(v) # RxOf(w)

\* Nobody writes into a buffer that is not mapped.  (H2 and H9 break this.)
FilledIsMappedInv ==
    \A v \in Vcpus :
        pc[v] \in {"WriteSpEntries", "WriteEntry"} \cup CopyLabels => rxMapped[RxOf(v)]

\* Nobody reads a buffer that is not mapped.  (H12 breaks this.)
ReadIsMappedInv ==
    \A v \in Vcpus :
        pc[v] \in {"ReadHeader", "ReadDescriptor"} \cup CopyLabels => rxMapped[DomainOf[v]]

\* A buffer is mapped when it was not, and unmapped when it was; a guest then had none of it, and a
\* teardown nobody who fills it.
MapChangesInv ==
    \A a \in Vcpus \cup Toolstack :
        /\ pc[a] = "WritePagesMapped" => ~rxMapped[DomainOf[a]]
        /\ pc[a] = "WritePagesUnmapped" =>
               /\ rxMapped[DomainOf[a]]
               /\ rxState[DomainOf[a]] \in (IF a \in Vcpus THEN {"free"} ELSE {"free", "taken"})

\* A buffer that can be taken is there.
FreeIsMappedInv ==
    \A d \in Domains : rxLock[d] = 0 /\ rxState[d] = "free" => rxMapped[d]

--------------------------------------------------------------------------------
\* Memory that is shared, and the end of a teardown

\* What an SP has is counted, so that the domain stays and its memory with it.
ShmIsCountedInv ==
    \A d \in Domains : shmLock[d] = 0 => Cardinality(spObjects[d]) <= shmCount[d]

\* A domain is not freed while an SP has memory of it.
SharedIsKeptInv ==
    \A d \in Domains : spObjects[d] # {} => life[d] \notin {"absent", "dropped"}

\* What is linked is shared, once.
LinkedIsSharedInv ==
    \A d \in Domains :
        /\ \A i \in 1..Len(shmList[d]) : shmList[d][i] \in spObjects[d]
                                          \/ \E a \in Actors : pc[a] = "UnlinkShmTorn"
        /\ \A i, j \in 1..Len(shmList[d]) : shmList[d][i] = shmList[d][j] => i = j

\* Who waits for a teardown to go on waits for an SP.  (H5 breaks this.)
RetryIsForAnSpInv ==
    \A i \in 1..Len(retryList) : toTell[retryList[i]] # {} \/ shmList[retryList[i]] # <<>>

\* A teardown that is to go on will: the timer is set, or somebody is about to set it.
RetryIsTimedInv ==
    retryLock = 0 /\ retryList # <<>> =>
        \/ timerSet
        \/ \E a \in Actors \ Vcpus : pc[a] \in RoundLabels \/ pc[a] = "LockRetryToPop"

--------------------------------------------------------------------------------
\* Locks

LockMapLabels == {"LockTxToMap", "LockRxToMap", "LockTxToUnmap", "LockRxToUnmap"}
InMapSection  == (MapLabels \cup UnmapLabels) \ LockMapLabels
InRxSection ==
    ((AcquireLabels \cup GiveUpLabels \cup HandOverLabels \cup RefusedLabels)
        \ {"LockRxToAcquire", "LockRxToRelease", "LockRxToHandOver"})
        \cup (IF Fixed("MapInRxLock")
               THEN InMapSection \cup IF Fixed("TxLockFirst") THEN {} ELSE {"LockTxToMap", "LockTxToUnmap"}
               ELSE {})
InTornRxSection ==
    IF Fixed("UnmapInRxLock") THEN UnmapTornLabels \ {"LockRxToTearDown"} ELSE {}
InWriteSection(a) ==
    \/ pc[a] \in {"AppendContext", "WriteUnlockList", "UnlinkContext", "TeardownUnlockList"}
    \/ Fixed("CountInWriteLock") /\ pc[a] \in {"IncVmCount", "DecVmCount"}
    \/ /\ Fixed("PublishLast") /\ VmToVm /\ a \in Vcpus
       /\ pc[a] = "PublishGuestVers" /\ Len(work[a]) = 1
InReadSection(v) ==
    \/ pc[v] \in WalkLabels \cup {"FindListed", "HoldListed", "ReadUnlockFound", "ReadUnlockNotFound"}
    \/ Fixed("CountInReadLock") /\ pc[v] = "ReadVmCount"

\* tx_lock is held from the attempt to the end of the call; mapping holds it where it takes it.
InTxSection(v) ==
    \/ IsSend(v) /\ pc[v] \notin MediatorLabels \cup NegotiationLabels \cup {"TryLockTx"}
    \/ IsShare(v) /\ pc[v] \notin MediatorLabels \cup NegotiationLabels \cup {"TryLockTx"}
    \/ /\ IsMapping(v) /\ Fixed("MapInTxLock")
       /\ \/ pc[v] \in InMapSection \cup {"UnlockRxDenied", "UnlockRxNotMapped", "UnlockTx"}
          \/ Fixed("TxLockFirst") /\ pc[v] \in {"LockRxToMap", "LockRxToUnmap"}
InShmSection ==
    { "ReadShmCount", "GetDomainForShm", "IncShmCount", "UnlockShmCounted", "UnlockShmFull",
      "LinkShm", "UnlockShmLinked", "FindShm", "UnlinkShm", "UnlockShmUnlinked",
      "UnlockShmNotFound", "DecShmCount", "UnlockShmUncounted" }
InSpTxSection == {"AskShare", "UnlockSpTx"}
SetsTimerInLock(a) == Fixed("TimerInLock") /\ pc[a] = "SetTimer"

\* Locks exclude: a holder is inside its critical section, and the list has no reader beside a
\* writer.
LocksExcludeInv ==
    /\ \A v \in Vcpus : pc[v] \in InVersSection <=> versLock[DomainOf[v]] = v
    /\ \A v \in Vcpus, d \in Domains :
           rxLock[d] = v <=> pc[v] \in InRxSection /\ d = RxOf(v)
    /\ \A t \in Toolstack : pc[t] \in InTornRxSection <=> rxLock[DomainOf[t]] = t
    /\ \A v \in Vcpus : pc[v] \in InSpRxSection <=> spRxLock = v
    /\ \A a \in Actors : InWriteSection(a) <=> listWriter = a
    /\ \A v \in Vcpus : InReadSection(v) <=> v \in listReaders
    /\ listWriter # 0 => listReaders = {}
    /\ \A v \in Vcpus : InTxSection(v) <=> txLock[DomainOf[v]] = v
    /\ \A a \in Actors, d \in Domains :
           shmLock[d] = a <=> pc[a] \in InShmSection /\ d = DomainAt(a)
    /\ \A v \in Vcpus : pc[v] \in InSpTxSection <=> spTxLock = v
    /\ \A a \in Actors : pc[a] \in InRetrySection \/ SetsTimerInLock(a) <=> retryLock = a

\* The locks that are taken while no other one is held, but for the two before.
HoldsInner(v) ==
    \/ spRxLock = v \/ listWriter = v \/ v \in listReaders \/ spTxLock = v
    \/ \E d \in Domains : rxLock[d] = v \/ shmLock[d] = v
HoldsTx(v) == txLock[DomainOf[v]] = v
Holds(v)   == versLock[DomainOf[v]] = v \/ HoldsTx(v) \/ HoldsInner(v)

\* Every path releases what it took: nobody holds a lock outside the hypervisor or on the way out.
LocksReleasedInv ==
    /\ \A v \in Vcpus : pc[v] = "idle" \/ pc[v] = "ReturnFromCall" => ~Holds(v)
    /\ \A v \in Vcpus : pc[v] \in MediatorLabels => \A d \in Domains : v \notin held[d]
    /\ \A t \in Toolstack : pc[t] = "idle" => rxLock[DomainOf[t]] # t /\ listWriter # t

InnerLockLabels == { "LockRxToAcquire", "LockRxToRelease", "LockRxToHandOver", "LockRxToMap",
                     "LockRxToUnmap", "LockSpRx", "ReadLockList", "ReadLockToFind", "LockSpTx",
                     "LockShmToCount", "LockShmToLink", "LockShmToUncount", "LockShmToUnlink" }

\* Locks are taken in one order: guest_vers_lock before the list lock, and tx_lock before any but
\* these; the others neither inside another nor around one.  LocksExcludeInv implies this and the
\* one above; they say it plainly.  (H14 breaks this.)
LockOrderInv ==
    \A v \in Vcpus :
        /\ pc[v] = "LockGuestVers" => ~Holds(v)
        /\ pc[v] = "WriteLockList" => ~HoldsInner(v) /\ ~HoldsTx(v)
        /\ pc[v] \in {"LockTxToMap", "LockTxToUnmap"} => ~Holds(v)
        /\ pc[v] \in InnerLockLabels => ~HoldsInner(v) /\ versLock[DomainOf[v]] # v

\* The toolstack tears down a domain only while none of its vCPUs is in the hypervisor.
TeardownAloneInv ==
    \A v \in Vcpus : life[DomainOf[v]] # "running" => pc[v] = "idle"

--------------------------------------------------------------------------------
\* Properties of steps

\* guest_vers is stored at most once in the life of a context.
VersionSetOnceProp ==
    [][\A d \in Domains : guestVers[d] # NoVersion /\ guestVers'[d] # guestVers[d]
                          => life'[d] = "absent"]_vars

\* Only an FF-A call ends negotiation.  (H11 breaks this.)
FfaCallPublishesProp ==
    [][\A d \in Domains : HasVersion(d)' /\ ~HasVersion(d) =>
        \E v \in Vcpus :
            DomainOf[v] = d /\ pc[v] = "PublishGuestVers" /\ Function(v) # "FOREIGN"]_vars

\* What is published is what was requested last.
PublishedIsRequestedProp ==
    [][\A d \in Domains : guestVers'[d] # guestVers[d] /\ HasVersion(d)'
                          => guestVers'[d] = versTmp[d]]_vars

\* FFA_VERSION settles on the version asked for where the mediator can speak it, else on its own.
\* This is said without the comparisons of the code, so that it can contradict them.  (H6 does.)
RequestIsSettledProp ==
    [][\A d \in Domains : versTmp'[d] # versTmp[d] /\ life'[d] # "absent" =>
        \E v \in Vcpus :
            /\ DomainOf[v] = d /\ versLock[d] = v /\ Function(v) = "VERSION"
            /\ IF Argument(v) \in Supported THEN versTmp'[d] = Argument(v)
                                            ELSE versTmp'[d] = MyVersion]_vars

\* Before a version is requested, guests have an effect by FFA_VERSION only; where a mediator has it so, another
\* call ends negotiation for good.
NoEffectBeforeRequestProp ==
    [][\A d \in Domains :
        versTmp[d] = NoVersion /\ versTmp'[d] = NoVersion /\ life[d] = "running" =>
            /\ \/ guestVers'[d] = guestVers[d]
               \/ Choices.early = "closed" /\ guestVers'[d] = Closed
            /\ UNCHANGED <<rxMapped[d], rxState[d], shmList[d]>>
            /\ Listed(d)' => Listed(d)]_vars

================================================================================
