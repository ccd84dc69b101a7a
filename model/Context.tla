-------------------------------- MODULE Context --------------------------------
(******************************************************************************)
(* What the mediator keeps, and what every action uses: the constants, the    *)
(* variables, and how an actor goes from one action to the next.  (src:       *)
(* context.ts, options.ts, endpoint.ts)                                       *)
(*                                                                            *)
(* Who acts.  The vCPUs of every domain make SMCCC calls; a toolstack task of *)
(* each domain creates the domain and destroys it; one timer goes on with     *)
(* teardowns that could not end.  pc[a] names the action that actor a takes   *)
(* next, so a step of the model, a label in src/ and a record of a trace      *)
(* carry one name.                                                            *)
(*                                                                            *)
(* The design is a set of fixes.  Without any, it is the code as it was       *)
(* posted; with all, every property holds.  What a mediator answers to        *)
(* FFA_VERSION is a choice, not a fix.  Presets.tla names sets of both.       *)
(*                                                                            *)
(* Bounds are in the MC modules; this one has none.                           *)
(******************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

--------------------------------------------------------------------------------
\* Constants

CONSTANTS
    NumDomains,      \* How many domains there are: 1..NumDomains.
    VcpusPerDomain,  \* How many vCPUs each domain has.
    Fixes,           \* The fixes that the design has: a subset of AllFixes.
    Choices,         \* How the mediator negotiates: a member of AllChoices.
    VmToVm,          \* TRUE when built with CONFIG_FFA_VM_TO_VM.
    MyVersion,       \* The mediator's own version: 100, 101 or 102.
    SpCount,         \* How many secure partitions PARTITION_INFO_GET reports.
    RxRoom,          \* The size of an RX buffer, in bytes.
    MappedAtStart,   \* TRUE when a domain begins with its RX and TX buffers mapped.
    Subscribers,     \* How many SPs are told of the creation and the destruction of each VM.
    SpAnswers,       \* What SPs answer: statuses, OK among them.
    ShmLimit,        \* How many memory objects a domain may share at once.
    TxContents,      \* What guests write into TX: see Mediator.tla.
    Calls            \* The calls that guests make: <<function, argument>>.  (Mediator.tla)

AllFixes ==
    { "PublishLast",       \* guest_vers is stored when the VM has been counted and listed.
      "CountInWriteLock",  \* The count is changed inside the write lock of the list.
      "CountInReadLock",   \* The count is read inside the read lock of the list.
      "PlainCount",        \* A count is answered without the size of an entry.
      "RefuseBit31",       \* A version word with bit 31 set is refused.
      "MapInRxLock",       \* FFA_RXTX_MAP and FFA_RXTX_UNMAP hold rx_lock and look who owns RX.
      "FillerOwnsRx",      \* RX says whether it is being filled, and then nobody else gets it.
      "VmsOnNilOnly",      \* VMs are listed and counted for the Nil UUID alone.
      "FfaIdsOnly",        \* A function ID that is not FF-A's is kept away from the mediator.
      "TxIsMapped",        \* FFA_MSG_SEND2 looks whether its caller's TX is mapped.
      "MapInTxLock",       \* FFA_RXTX_MAP and FFA_RXTX_UNMAP hold tx_lock.
      "TxLockFirst",       \* They take tx_lock before rx_lock, as FFA_MSG_SEND2 does.
      "SendToListed",      \* FFA_MSG_SEND2 finds its receiver on the list of VMs.
      "UnmapInRxLock",     \* Teardown unmaps in rx_lock, when nobody fills the buffer.
      "RaiseWhileHeld",    \* "Buffer full" is raised before the receiver is let go of.
      "TeardownHoldsDomain", \* A teardown holds its domain until it ends.
      "RetryOnlyLeft",     \* A teardown is tried again while an SP is to be told or asked.
      "TimerInLock" }      \* The timer is set in the lock of the retry list.

Fixed(fix) == fix \in Fixes

\* What FFA_VERSION does with a word of another major, and of a greater minor; what it answers to a
\* request that is taken, and what to any later one; which call ends negotiation; which version is in
\* force before a request, and what another call does when there is none.  What FFA_FEATURES does
\* with input that it has no use for, and what it says of FFA_INTERRUPT.
AllChoices ==
    [ otherMajor   : {"mine", "keep", "refuse"},
      greaterMinor : {"mine", "keep", "refuse"},
      takenAnswer  : {"mine", "negotiated"},
      laterAnswer  : {"mine", "negotiated", "lower-refused", "other-refused"},
      ends         : {"call", "call-but-interrupt", "version", "never"},
      initial      : {"none", "oldest", "mine"},
      early        : {"open", "closed"},
      featuresInput     : {"refused", "ignored"},
      featuresInterrupt : {"unknown", "known"} ]

Domains   == 1..NumDomains
NumVcpus  == NumDomains * VcpusPerDomain
Vcpus     == 1..NumVcpus
Toolstack == NumVcpus + 1 .. NumVcpus + NumDomains
Timer     == NumVcpus + NumDomains + 1
Actors    == Vcpus \cup Toolstack \cup {Timer}

\* The domain that a vCPU belongs to, and the one that a toolstack task serves.  A function, so that
\* TLC computes it once.
DomainOf ==
    [a \in Vcpus \cup Toolstack |->
        IF a \in Vcpus THEN ((a - 1) \div VcpusPerDomain) + 1 ELSE a - NumVcpus]

\* The endpoint ID of a domain; 0 is the hypervisor's own.
FfaId(d) == d + 1

\* An RX buffer is a page or more, so an entry of each size fits.
ASSUME /\ NumDomains \in Nat \ {0} /\ VcpusPerDomain \in Nat \ {0}
       /\ Fixes \subseteq AllFixes
       /\ Choices \in AllChoices
       /\ VmToVm \in BOOLEAN /\ MappedAtStart \in BOOLEAN
       /\ MyVersion \in {100, 101, 102}
       /\ SpCount \in Nat /\ RxRoom \in Nat /\ RxRoom >= 24
       /\ Subscribers \in 0..SpCount /\ ShmLimit \in Nat
       /\ SpAnswers \subseteq {0, -5, -6, -7, -8} /\ 0 \in SpAnswers

--------------------------------------------------------------------------------
\* Variables

VARIABLES
    pc,           \* pc[a]: the action that actor a takes next; "idle" outside the hypervisor.
    call,         \* call[v]: the call in progress on vCPU v; NoCall when there is none.
    work,         \* work[a]: what actor a has read and still needs.
    answer,       \* answer[v]: what the guest is about to get back.
    life,         \* life[d]: "absent"; "created", not to be found yet; "running"; "paused"; "dropped",
                  \* not to be found any more, and freed when nobody holds it.
    isDying,      \* isDying[d]: the toolstack has marked d for destruction.
    refs,         \* refs[d]: the references that keep the domain.
    held,         \* held[d]: the vCPUs that have found the domain and not let go of it.
    guestVers,    \* guestVers[d]: the published version; NoVersion until negotiation is over.
    versTmp,      \* versTmp[d]: the version requested last, or in force before a request.
    versLock,     \* versLock[d]: the vCPU that holds guest_vers_lock; 0 when free.
    rxLock,       \* rxLock[d]: the vCPU that holds rx_lock; 0 when free.
    rxMapped,     \* rxMapped[d]: the RX and TX buffers are mapped (page_count is not 0).
    rxState,      \* rxState[d]: "free", "filling" or "taken"; "taken" too while not mapped.
    spRxLock,     \* The vCPU that holds the lock of the mediator's own RX buffer; 0 when free.
    vmCount,      \* The number of VMs, as the mediator counts them.
    ctxList,      \* The list of contexts, as domains in the order of the list.
    listWriter,   \* The actor that holds the list lock for writing; 0 when none.
    listReaders,  \* The actors that hold the list lock for reading.
    txLock,       \* txLock[d]: the vCPU that holds tx_lock; 0 when free.
    shmLock,      \* shmLock[d]: the actor that holds the lock of the memory objects; 0 when free.
    shmCount,     \* shmCount[d]: the memory objects, as the mediator counts them.
    shmList,      \* shmList[d]: the handles of those that are linked, in the order of the list.
    spTxLock,     \* The vCPU that holds the lock of the mediator's own TX buffer; 0 when free.
    spObjects,    \* spObjects[d]: the handles of the memory that SPs have from d.
    toTell,       \* toTell[d]: the SPs that are still to be told of d's destruction.
    retryList,    \* The domains whose teardown is to go on, in the order of the list.
    retryLock,    \* The actor that holds the lock of that list; 0 when free.
    timerSet      \* TRUE while the timer runs.

taskVars    == <<call, work, answer>>
lifeVars    == <<life, isDying, refs, held>>
versVars    == <<guestVers, versTmp, versLock>>
rxVars      == <<rxLock, rxMapped, rxState, spRxLock>>
listVars    == <<vmCount, ctxList, listWriter, listReaders>>
shmVars     == <<shmLock, shmCount, shmList, spObjects>>
retryVars   == <<retryList, retryLock, timerSet>>
memVars     == <<txLock, shmVars, spTxLock, toTell, retryVars>>
vars        == <<pc, taskVars, lifeVars, versVars, rxVars, listVars, memVars>>

NoVersion == 0
Closed    == -1   \* Negotiation is over, and there is no version.
NoCall    == <<>>
Nothing   == <<>>

\* The version in force before a guest has asked for one.
InitialVers == CASE Choices.initial = "none"   -> NoVersion
                 [] Choices.initial = "oldest" -> 100
                 [] Choices.initial = "mine"   -> MyVersion

\* Before it is mapped, nobody may fill an RX buffer; the field is 0 in a new context.
InitialRx == IF MappedAtStart THEN "free" ELSE "taken"

Init ==
    /\ pc = [a \in Actors |-> "idle"]
    /\ call = [v \in Vcpus |-> NoCall]
    /\ work = [a \in Actors |-> Nothing]
    /\ answer = [v \in Vcpus |-> Nothing]
    /\ life = [d \in Domains |-> "absent"]
    /\ isDying = [d \in Domains |-> FALSE]
    /\ refs = [d \in Domains |-> 0]
    /\ held = [d \in Domains |-> {}]
    /\ guestVers = [d \in Domains |-> NoVersion]
    /\ versTmp = [d \in Domains |-> InitialVers]
    /\ versLock = [d \in Domains |-> 0]
    /\ rxLock = [d \in Domains |-> 0]
    /\ rxMapped = [d \in Domains |-> MappedAtStart]
    /\ rxState = [d \in Domains |-> InitialRx]
    /\ spRxLock = 0
    /\ vmCount = 0
    /\ ctxList = <<>>
    /\ listWriter = 0
    /\ listReaders = {}
    /\ txLock = [d \in Domains |-> 0]
    /\ shmLock = [d \in Domains |-> 0]
    /\ shmCount = [d \in Domains |-> 0]
    /\ shmList = [d \in Domains |-> <<>>]
    /\ spTxLock = 0
    /\ spObjects = [d \in Domains |-> {}]
    /\ toTell = [d \in Domains |-> {}]
    /\ retryList = <<>>
    /\ retryLock = 0
    /\ timerSet = FALSE

--------------------------------------------------------------------------------
\* From one action to the next

GoTo(a, label)   == pc' = [pc EXCEPT ![a] = label]

Keep(a, what)    == work' = [work EXCEPT ![a] = what]

\* Actor v is done but for the way back to the guest.
Answer(v, what)  == /\ GoTo(v, "ReturnFromCall")
                    /\ answer' = [answer EXCEPT ![v] = what]
                    /\ work' = [work EXCEPT ![v] = Nothing]

Function(v) == IF call[v] = NoCall THEN "none" ELSE call[v][1]
Argument(v) == call[v][2]

================================================================================
