------------------------------ MODULE Properties -------------------------------
(******************************************************************************)
(* What must hold: invariants first, then properties of steps.                *)
(******************************************************************************)
EXTENDS FfaMediator

VcpuLabels == MediatorLabels \cup NegotiationLabels \cup PartitionInfoLabels \cup RxtxLabels

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
    /\ \A v \in Vcpus : call[v] \in CallOrNone
    /\ \A v \in Vcpus : (call[v] = NoCall) <=> pc[v] = "idle"
    /\ \A v \in Vcpus : (answer[v] # Nothing) <=> pc[v] = "ReturnFromCall"
    /\ life \in [Domains -> {"absent", "running", "paused"}]
    /\ isDying \in [Domains -> BOOLEAN]
    /\ guestVers \in [Domains -> VersionOrNone]
    /\ versTmp \in [Domains -> Words]
    /\ versLock \in [Domains -> VcpuOrNone]
    /\ rxLock \in [Domains -> VcpuOrNone]
    /\ rxMapped \in [Domains -> BOOLEAN]
    /\ rxState \in [Domains -> RxStates]
    /\ spRxLock \in VcpuOrNone
    /\ vmCount \in 0..NumDomains
    /\ ctxList \in Seq(Domains)
    /\ listWriter \in ActorOrNone
    /\ listReaders \subseteq Vcpus

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

WorkLabels == {"ReadNegotiatedVers"} \cup PartitionInfoLabels \cup RxtxLabels

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

\* A freed context is on no list.
NoFreedContextListedInv ==
    \A d \in Domains : Listed(d) => life[d] # "absent"

\* Nobody who walks the list stands on a freed context.
NoFreedContextVisitedInv ==
    \A v \in Vcpus :
        pc[v] \in {"NextContext", "WriteEntry"} /\ work[v][2] # 0 => life[work[v][2]] # "absent"

\* What FFA_MSG_SEND2 finds in the posted design when it looks a receiver up: a live domain with a
\* version.  SEND2 itself is not in this model.
Reachable(d) == life[d] # "absent" /\ ~isDying[d] /\ HasVersion(d)

\* A VM that SEND2 can reach is one that PARTITION_INFO_GET lists.  (H7 breaks this.)
ReachableIsListedInv ==
    VmToVm /\ listWriter = 0 => \A d \in Domains : Reachable(d) => Listed(d)

\* A VM that PARTITION_INFO_GET lists is one that SEND2 can reach.  (H7 breaks this.)
ListedIsReachableInv ==
    VmToVm /\ listWriter = 0 => \A d \in Domains : Listed(d) => Reachable(d)

--------------------------------------------------------------------------------
\* The RX buffer

\* A vCPU that has taken its domain's buffer for a listing, and has not yet given it to anybody.
FillLabels ==
    { "UnlockRxTaken", "LockSpRx", "ReadLockList", "LockRxToHandOver", "HandOverRx" }
        \cup InSpRxSection \cup WalkLabels \cup (GiveUpLabels \ {"UnlockRxGiven"})
Fills(v) == pc[v] \in FillLabels /\ IsListing(v)

\* Who fills a buffer owns it.  (H9 breaks this.)
FillerOwnsRxInv ==
    \A v \in Vcpus : Fills(v) => rxState[DomainOf[v]] = Filling

\* Two vCPUs do not fill one buffer.  (H9 breaks this.)
OneFillerInv ==
    \A v \in Vcpus : Fills(v) =>
        \A w \in Vcpus : w # v /\ DomainOf[w] = DomainOf[v] => ~Fills(w)

\* Nobody writes into a buffer that is not mapped.  (H9 breaks this.)
FilledIsMappedInv ==
    \A v \in Vcpus : pc[v] \in {"WriteSpEntries", "WriteEntry"} => rxMapped[DomainOf[v]]

\* A buffer is mapped when it was not, and unmapped when it was, and then nobody had it.
MapChangesInv ==
    \A v \in Vcpus :
        /\ pc[v] = "WritePagesMapped" => ~rxMapped[DomainOf[v]]
        /\ pc[v] = "WritePagesUnmapped" => rxMapped[DomainOf[v]] /\ rxState[DomainOf[v]] = "free"

\* A buffer that can be taken is there.
FreeIsMappedInv ==
    \A d \in Domains : rxLock[d] = 0 /\ rxState[d] = "free" => rxMapped[d]

--------------------------------------------------------------------------------
\* Locks

InMapSection == (MapLabels \cup UnmapLabels) \ {"LockRxToMap", "LockRxToUnmap"}
InRxSection ==
    ((AcquireLabels \cup GiveUpLabels \cup HandOverLabels \cup RefusedLabels)
        \ {"LockRxToAcquire", "LockRxToRelease", "LockRxToHandOver"})
        \cup (IF Fixed("MapInRxLock") THEN InMapSection ELSE {})
InWriteSection(a) ==
    \/ pc[a] \in {"AppendContext", "WriteUnlockList", "UnlinkContext", "TeardownUnlockList"}
    \/ Fixed("CountInWriteLock") /\ pc[a] \in {"IncVmCount", "DecVmCount"}
    \/ /\ Fixed("PublishLast") /\ VmToVm /\ a \in Vcpus
       /\ pc[a] = "PublishGuestVers" /\ Len(work[a]) = 1
InReadSection(v) ==
    \/ pc[v] \in WalkLabels
    \/ Fixed("CountInReadLock") /\ pc[v] = "ReadVmCount"

\* Locks exclude: a holder is inside its critical section, and the list has no reader beside a
\* writer.
LocksExcludeInv ==
    /\ \A v \in Vcpus : pc[v] \in InVersSection <=> versLock[DomainOf[v]] = v
    /\ \A v \in Vcpus : pc[v] \in InRxSection <=> rxLock[DomainOf[v]] = v
    /\ \A v \in Vcpus : pc[v] \in InSpRxSection <=> spRxLock = v
    /\ \A a \in Actors : InWriteSection(a) <=> listWriter = a
    /\ \A v \in Vcpus : InReadSection(v) <=> v \in listReaders
    /\ listWriter # 0 => listReaders = {}

HoldsBesideVers(v) ==
    rxLock[DomainOf[v]] = v \/ spRxLock = v \/ listWriter = v \/ v \in listReaders
Holds(v) == versLock[DomainOf[v]] = v \/ HoldsBesideVers(v)

\* Every path releases what it took: nobody holds a lock outside the hypervisor or on the way out.
LocksReleasedInv ==
    \A v \in Vcpus : pc[v] = "idle" \/ pc[v] = "ReturnFromCall" => ~Holds(v)

OuterLockLabels == { "LockGuestVers", "LockRxToAcquire", "LockRxToRelease", "LockRxToHandOver",
                     "LockRxToMap", "LockRxToUnmap", "LockSpRx" }
ListLockLabels  == { "WriteLockList", "ReadLockList" }

\* Locks are taken in one order: guest_vers_lock before the list lock; the others neither inside
\* another nor around one.  LocksExcludeInv implies this and the one above; they say it plainly.
LockOrderInv ==
    \A v \in Vcpus :
        /\ pc[v] \in OuterLockLabels => ~Holds(v)
        /\ pc[v] \in ListLockLabels => ~HoldsBesideVers(v)

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

\* Before a version is requested, only FFA_VERSION has an effect; where a mediator has it so, another
\* call ends negotiation for good.
NoEffectBeforeRequestProp ==
    [][\A d \in Domains :
        versTmp[d] = NoVersion /\ versTmp'[d] = NoVersion =>
            /\ \/ guestVers'[d] = guestVers[d]
               \/ Choices.early = "closed" /\ guestVers'[d] = Closed
               \/ life'[d] = "absent"
            /\ UNCHANGED <<rxMapped[d], rxState[d]>>
            /\ Listed(d)' => Listed(d)]_vars

================================================================================
