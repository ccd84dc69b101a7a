------------------------------ MODULE FfaMediator ------------------------------
(******************************************************************************)
(* Negotiation of FFA_VERSION and teardown in a hypervisor's FF-A mediator,   *)
(* at the grain of the code: one action is one operation on shared memory.    *)
(*                                                                            *)
(* Who acts.  The vCPUs of every domain make SMCCC calls; a toolstack task of *)
(* each domain creates the domain and destroys it.  pc[a] names the action    *)
(* that actor a takes next, so a step of the model, a label in src/ and a     *)
(* record of a trace carry one name.                                          *)
(*                                                                            *)
(* Two designs.  "posted" is the code as it was sent to the mailing list;     *)
(* "hardened" is the one in which every property below holds.  It counts and  *)
(* lists a VM before it publishes, inside one write lock; undoes both inside  *)
(* one; reads the count under the read lock and the version once; and refuses *)
(* bit 31.  Search for Hardened.                                              *)
(*                                                                            *)
(* Version words.  TLC's integers have 32 bits and sign, so a word is written *)
(* in decimal: bit 31 * 10000 + major * 100 + minor.  1.1 is 101, and 1.0     *)
(* with bit 31 set is 10100.                                                  *)
(*                                                                            *)
(* Bounds are in the MC modules; this one has none.                           *)
(******************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

--------------------------------------------------------------------------------
\* Constants

CONSTANTS
    NumDomains,      \* How many domains there are: 1..NumDomains.
    VcpusPerDomain,  \* How many vCPUs each domain has.
    Design,          \* "posted" or "hardened".
    Policy,          \* What FFA_VERSION answers once a version is published:
                     \* "always-mine", "refuse-other" or "refuse-lower".
    VmToVm,          \* TRUE when built with CONFIG_FFA_VM_TO_VM.
    MyVersion,       \* The mediator's own version: 100, 101 or 102.
    SpCount,         \* How many secure partitions PARTITION_INFO_GET reports.
    RxRoom,          \* The size of an RX buffer, in bytes.
    Calls            \* The calls that guests make: <<function, argument>>.

Domains   == 1..NumDomains
NumVcpus  == NumDomains * VcpusPerDomain
Vcpus     == 1..NumVcpus
Toolstack == NumVcpus + 1 .. NumVcpus + NumDomains
Actors    == Vcpus \cup Toolstack

Hardened  == Design = "hardened"

\* The domain that a vCPU belongs to, and the one that a toolstack task serves.
DomainOf(a) == IF a \in Vcpus THEN ((a - 1) \div VcpusPerDomain) + 1 ELSE a - NumVcpus

\* The endpoint ID of a domain; 0 is the hypervisor's own.
FfaId(d) == d + 1

NoVersion == 0
HasBit31(word) == word >= 10000
Major(word) == (word % 10000) \div 100
Minor(word) == word % 100

\* The versions that the mediator can speak: its major, its minor or a lower one.
Supported == {w \in {100, 101, 102} : Major(w) = Major(MyVersion) /\ Minor(w) <= Minor(MyVersion)}

\* Every word that a context may come to hold.  Words with bit 31 set belong to the posted design.
Words == {NoVersion} \cup Supported \cup (IF Hardened THEN {} ELSE {10000 + w : w \in Supported})

ASSUME /\ NumDomains \in Nat \ {0} /\ VcpusPerDomain \in Nat \ {0}
       /\ Design \in {"posted", "hardened"}
       /\ Policy \in {"always-mine", "refuse-other", "refuse-lower"}
       /\ VmToVm \in BOOLEAN
       /\ MyVersion \in {100, 101, 102}
       /\ SpCount \in Nat /\ RxRoom \in Nat

--------------------------------------------------------------------------------
\* Variables

VARIABLES
    pc,           \* pc[a]: the action that actor a takes next; "idle" outside the hypervisor.
    call,         \* call[v]: the call in progress on vCPU v; NoCall when there is none.
    work,         \* work[v]: what the call has read and still needs, oldest first.
    answer,       \* answer[v]: what the guest is about to get back.
    life,         \* life[d]: "absent", "running" or "paused".
    isDying,      \* isDying[d]: the toolstack has marked d for destruction.
    guestVers,    \* guestVers[d]: the published version; NoVersion until there is one.
    versTmp,      \* versTmp[d]: the version requested last; NoVersion until there is one.
    versLock,     \* versLock[d]: the vCPU that holds guest_vers_lock; 0 when free.
    rxLock,       \* rxLock[d]: the vCPU that holds rx_lock; 0 when free.
    rxFree,       \* rxFree[d]: the RX buffer belongs to the mediator.
    vmCount,      \* The number of VMs, as the mediator counts them.
    ctxList,      \* The list of contexts, as domains in the order of the list.
    listWriter,   \* The actor that holds the list lock for writing; 0 when none.
    listReaders   \* The actors that hold the list lock for reading.

taskVars    == <<call, work, answer>>
lifeVars    == <<life, isDying>>
versVars    == <<guestVers, versTmp, versLock>>
rxVars      == <<rxLock, rxFree>>
listVars    == <<vmCount, ctxList, listWriter, listReaders>>
vars        == <<pc, taskVars, lifeVars, versVars, rxVars, listVars>>

NoCall   == <<>>
Nothing  == <<>>

\* Answers, as the guest sees them.  FFA_VERSION alone answers in w0.
Version(word)      == <<"VERSION", word>>
VersionRefused     == <<"VERSION", -1>>
Error(status)      == <<"ERROR", status>>
Success(w2, w3)    == <<"SUCCESS", w2, w3>>
Listing(n, size, ids) == <<"SUCCESS", n, size, ids>>

NOT_SUPPORTED      == -1
INVALID_PARAMETERS == -2
NO_MEMORY          == -3
BUSY               == -4
DENIED             == -6

VcpuLabels ==
    { "idle", "ReadGuestVers", "LockGuestVers", "RereadGuestVers", "ReadVersTmp", "WriteVersTmp",
      "PublishGuestVers", "IncVmCount", "WriteLockList", "AppendContext", "WriteUnlockList",
      "UnlockToReturn", "UnlockToDispatch", "ReadNegotiatedVers", "ReadEntryVers", "ReadFlagVers",
      "ReadVmCount", "LockRxToAcquire", "ReadRxToAcquire", "TakeRx", "UnlockRxTaken",
      "UnlockRxBusy", "WriteSpEntries", "ReadLockList", "NextContext", "WriteEntry",
      "ReadUnlockList", "ReadUnlockNoRoom", "LockRxToRelease", "ReadRxToRelease", "GiveRx",
      "UnlockRxGiven", "UnlockRxDenied", "ReturnFromCall" }

ToolstackLabels ==
    { "idle", "SetDying", "TeardownReadVers", "DecVmCount", "TeardownLockList", "UnlinkContext",
      "TeardownUnlockList", "DropDomain" }

--------------------------------------------------------------------------------
\* Helpers

At(a, label)     == pc[a] = label
GoTo(a, label)   == pc' = [pc EXCEPT ![a] = label]

\* Actor v is done but for the way back to the guest.
Answer(v, what)  == /\ GoTo(v, "ReturnFromCall")
                    /\ answer' = [answer EXCEPT ![v] = what]
                    /\ work' = [work EXCEPT ![v] = Nothing]

Function(v) == call[v][1]
Argument(v) == call[v][2]

\* The version that a request settles on, as the code compares: it looks at major and minor only.
Settled(word) ==
    IF Major(word) # Major(MyVersion) \/ Minor(word) > Minor(MyVersion) THEN MyVersion ELSE word

\* A request that is refused before negotiation: it gets NOT_SUPPORTED and changes nothing.
Refused(word) ==
    \/ Hardened /\ HasBit31(word)
    \/ /\ Policy = "refuse-other"
       /\ \/ HasBit31(word)
          \/ Major(word) # Major(MyVersion)
          \/ Minor(word) > Minor(MyVersion)

\* What FFA_VERSION answers after negotiation.  vers is the published version; the policy
\* "always-mine" does not look at it.
RenegotiationAnswer(word, vers) ==
    IF \/ Hardened /\ HasBit31(word)
       \/ Policy = "refuse-other" /\ word # vers
       \/ Policy = "refuse-lower" /\ Minor(word) < Minor(vers)
    THEN VersionRefused
    ELSE Version(MyVersion)

\* The size of a partition information entry, in bytes: a 1.0 caller gets the short one.
EntrySize(vers) == IF vers = 100 THEN 8 ELSE 24

\* The calls whose answer is known at dispatch, without touching anything shared.
AnsweredAtDispatch(v) ==
    \/ Function(v) \in {"ID_GET", "FEATURES", "UNKNOWN"}
    \/ Function(v) = "VERSION" /\ Policy = "always-mine"

DispatchAnswer(v) ==
    CASE Function(v) = "VERSION"  -> RenegotiationAnswer(Argument(v), NoVersion)
      [] Function(v) = "ID_GET"   -> Success(FfaId(DomainOf(v)), 0)
      [] Function(v) = "FEATURES" -> IF Argument(v) = 1 THEN Success(0, 0) ELSE Error(NOT_SUPPORTED)
      [] OTHER                    -> Error(NOT_SUPPORTED)

DispatchTo(v) ==
    CASE Function(v) = "VERSION"            -> "ReadNegotiatedVers"
      [] Function(v) = "PARTITION_INFO_GET" -> "ReadEntryVers"
      [] Function(v) = "RX_RELEASE"         -> "LockRxToRelease"

\* The switch on the function ID in ffa_handle_call.
Dispatch(v) ==
    IF AnsweredAtDispatch(v)
    THEN Answer(v, DispatchAnswer(v))
    ELSE GoTo(v, DispatchTo(v)) /\ UNCHANGED <<work, answer>>

\* The member of the list behind d; the first one for d = 0; 0 behind the last.
Behind(d) ==
    LET at == IF d = 0 THEN 0 ELSE CHOOSE i \in 1..Len(ctxList) : ctxList[i] = d
    IN  IF at = Len(ctxList) THEN 0 ELSE ctxList[at + 1]

Listed(d) == \E i \in 1..Len(ctxList) : ctxList[i] = d

--------------------------------------------------------------------------------
\* Init

Init ==
    /\ pc = [a \in Actors |-> "idle"]
    /\ call = [v \in Vcpus |-> NoCall]
    /\ work = [v \in Vcpus |-> Nothing]
    /\ answer = [v \in Vcpus |-> Nothing]
    /\ life = [d \in Domains |-> "absent"]
    /\ isDying = [d \in Domains |-> FALSE]
    /\ guestVers = [d \in Domains |-> NoVersion]
    /\ versTmp = [d \in Domains |-> NoVersion]
    /\ versLock = [d \in Domains |-> 0]
    /\ rxLock = [d \in Domains |-> 0]
    /\ rxFree = [d \in Domains |-> TRUE]
    /\ vmCount = 0
    /\ ctxList = <<>>
    /\ listWriter = 0
    /\ listReaders = {}

--------------------------------------------------------------------------------
\* Actions of a call, in the order in which the call meets them

\* A guest makes an SMCCC call: its vCPU traps into the hypervisor.
StartCall(v) ==
    /\ At(v, "idle")
    /\ life[DomainOf(v)] = "running"
    /\ \E c \in Calls : call' = [call EXCEPT ![v] = c]
    /\ GoTo(v, "ReadGuestVers")
    /\ UNCHANGED <<work, answer, lifeVars, versVars, rxVars, listVars>>

\* Entry: guest_vers is read once, without the lock.
ReadGuestVers(v) ==
    /\ At(v, "ReadGuestVers")
    /\ IF guestVers[DomainOf(v)] = NoVersion
       THEN GoTo(v, "LockGuestVers") /\ UNCHANGED <<work, answer>>
       ELSE Dispatch(v)
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars>>

LockGuestVers(v) ==
    /\ At(v, "LockGuestVers")
    /\ versLock[DomainOf(v)] = 0
    /\ versLock' = [versLock EXCEPT ![DomainOf(v)] = v]
    /\ GoTo(v, "RereadGuestVers")
    /\ UNCHANGED <<taskVars, lifeVars, guestVers, versTmp, rxVars, listVars>>

\* A sibling may have published in the meantime, so the version is read again under the lock.
RereadGuestVers(v) ==
    /\ At(v, "RereadGuestVers")
    /\ GoTo(v, CASE guestVers[DomainOf(v)] # NoVersion -> "UnlockToDispatch"
                 [] Function(v) # "VERSION"            -> "ReadVersTmp"
                 [] Refused(Argument(v))               -> "UnlockToReturn"
                 [] OTHER                              -> "WriteVersTmp")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars>>

\* FFA_VERSION notes what it settles on; negotiation stays open.
WriteVersTmp(v) ==
    /\ At(v, "WriteVersTmp")
    /\ versTmp' = [versTmp EXCEPT ![DomainOf(v)] = Settled(Argument(v))]
    /\ GoTo(v, "UnlockToReturn")
    /\ UNCHANGED <<taskVars, lifeVars, guestVers, versLock, rxVars, listVars>>

\* The first call that is not FFA_VERSION ends negotiation, if a version was requested.
ReadVersTmp(v) ==
    /\ At(v, "ReadVersTmp")
    /\ LET tmp == versTmp[DomainOf(v)]
       IN  IF tmp = NoVersion
           THEN GoTo(v, "UnlockToReturn") /\ UNCHANGED work
           ELSE /\ GoTo(v, IF VmToVm /\ Hardened THEN "WriteLockList" ELSE "PublishGuestVers")
                /\ work' = [work EXCEPT ![v] = <<tmp>>]
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars>>

\* The one store to guest_vers.  Posted: before the VM is counted and listed.
\* Hardened: after it, so that whoever sees a version finds the VM counted and listed.
PublishGuestVers(v) ==
    /\ At(v, "PublishGuestVers")
    /\ guestVers' = [guestVers EXCEPT ![DomainOf(v)] = work[v][1]]
    /\ work' = [work EXCEPT ![v] = Nothing]
    /\ GoTo(v, CASE ~VmToVm  -> "UnlockToDispatch"
                 [] Hardened -> "WriteUnlockList"
                 [] OTHER    -> "IncVmCount")
    /\ UNCHANGED <<call, answer, lifeVars, versTmp, versLock, rxVars, listVars>>

IncVmCount(v) ==
    /\ At(v, "IncVmCount")
    /\ vmCount' = vmCount + 1
    /\ GoTo(v, IF Hardened THEN "AppendContext" ELSE "WriteLockList")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, ctxList, listWriter, listReaders>>

WriteLockList(v) ==
    /\ At(v, "WriteLockList")
    /\ listWriter = 0 /\ listReaders = {}
    /\ listWriter' = v
    /\ GoTo(v, IF Hardened THEN "IncVmCount" ELSE "AppendContext")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, ctxList, listReaders>>

AppendContext(v) ==
    /\ At(v, "AppendContext")
    /\ ctxList' = Append(ctxList, DomainOf(v))
    /\ GoTo(v, IF Hardened THEN "PublishGuestVers" ELSE "WriteUnlockList")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, listWriter, listReaders>>

WriteUnlockList(v) ==
    /\ At(v, "WriteUnlockList")
    /\ listWriter' = 0
    /\ GoTo(v, "UnlockToDispatch")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, ctxList, listReaders>>

\* Negotiation has handled the call: back to the guest.
UnlockToReturn(v) ==
    /\ At(v, "UnlockToReturn")
    /\ versLock' = [versLock EXCEPT ![DomainOf(v)] = 0]
    /\ Answer(v, CASE Function(v) # "VERSION" -> Error(NOT_SUPPORTED)
                   [] Refused(Argument(v))    -> VersionRefused
                   [] OTHER                   -> Version(MyVersion))
    /\ UNCHANGED <<call, lifeVars, guestVers, versTmp, rxVars, listVars>>

\* A version is published: the call goes on as any other.
UnlockToDispatch(v) ==
    /\ At(v, "UnlockToDispatch")
    /\ versLock' = [versLock EXCEPT ![DomainOf(v)] = 0]
    /\ Dispatch(v)
    /\ UNCHANGED <<call, lifeVars, guestVers, versTmp, rxVars, listVars>>

\* FFA_VERSION after negotiation, where the policy compares with the published version.
ReadNegotiatedVers(v) ==
    /\ At(v, "ReadNegotiatedVers")
    /\ Answer(v, RenegotiationAnswer(Argument(v), guestVers[DomainOf(v)]))
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars>>

\* PARTITION_INFO_GET: the entry size follows from the caller's version.
\* Hardened: this one read serves the test of the flags as well.
ReadEntryVers(v) ==
    /\ At(v, "ReadEntryVers")
    /\ LET vers == guestVers[DomainOf(v)]
           flagsWrong == vers = 100 \/ Argument(v) # 1
           counted == VmToVm
       IN  CASE Argument(v) = 0 ->
                  /\ GoTo(v, "LockRxToAcquire")
                  /\ work' = [work EXCEPT ![v] = <<vers>>] /\ UNCHANGED answer
             [] Argument(v) # 0 /\ ~Hardened ->
                  /\ GoTo(v, "ReadFlagVers")
                  /\ work' = [work EXCEPT ![v] = <<vers>>] /\ UNCHANGED answer
             [] Argument(v) # 0 /\ Hardened /\ flagsWrong -> Answer(v, Error(INVALID_PARAMETERS))
             [] Argument(v) # 0 /\ Hardened /\ ~flagsWrong /\ ~counted ->
                  Answer(v, Success(SpCount, EntrySize(vers)))
             [] OTHER ->
                  /\ GoTo(v, "ReadLockList")
                  /\ work' = [work EXCEPT ![v] = <<vers>>] /\ UNCHANGED answer
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars>>

\* Posted only: guest_vers is read a second time, for the flags.
ReadFlagVers(v) ==
    /\ At(v, "ReadFlagVers")
    /\ CASE guestVers[DomainOf(v)] = 100 \/ Argument(v) # 1 -> Answer(v, Error(INVALID_PARAMETERS))
         [] VmToVm -> GoTo(v, "ReadVmCount") /\ UNCHANGED <<work, answer>>
         [] OTHER  -> Answer(v, Success(SpCount, EntrySize(work[v][1])))
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars>>

\* The answer counts the SPs and every VM but the caller, so the caller is taken off.
\* Posted: no lock is held.  Hardened: the list is locked for reading.
ReadVmCount(v) ==
    /\ At(v, "ReadVmCount")
    /\ IF Hardened
       THEN GoTo(v, "ReadUnlockList") /\ work' = [work EXCEPT ![v] = Append(@, vmCount)]
                                      /\ UNCHANGED answer
       ELSE Answer(v, Success(SpCount + vmCount - 1, EntrySize(work[v][1])))
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars>>

LockRxToAcquire(v) ==
    /\ At(v, "LockRxToAcquire")
    /\ rxLock[DomainOf(v)] = 0
    /\ rxLock' = [rxLock EXCEPT ![DomainOf(v)] = v]
    /\ GoTo(v, "ReadRxToAcquire")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxFree, listVars>>

ReadRxToAcquire(v) ==
    /\ At(v, "ReadRxToAcquire")
    /\ GoTo(v, IF rxFree[DomainOf(v)] THEN "TakeRx" ELSE "UnlockRxBusy")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars>>

TakeRx(v) ==
    /\ At(v, "TakeRx")
    /\ rxFree' = [rxFree EXCEPT ![DomainOf(v)] = FALSE]
    /\ GoTo(v, "UnlockRxTaken")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxLock, listVars>>

UnlockRxBusy(v) ==
    /\ At(v, "UnlockRxBusy")
    /\ rxLock' = [rxLock EXCEPT ![DomainOf(v)] = 0]
    /\ Answer(v, Error(BUSY))
    /\ UNCHANGED <<call, lifeVars, versVars, rxFree, listVars>>

UnlockRxTaken(v) ==
    /\ At(v, "UnlockRxTaken")
    /\ rxLock' = [rxLock EXCEPT ![DomainOf(v)] = 0]
    /\ IF SpCount * EntrySize(work[v][1]) > RxRoom
       THEN GoTo(v, "LockRxToRelease") /\ work' = [work EXCEPT ![v] = Nothing]
       ELSE GoTo(v, "WriteSpEntries") /\ UNCHANGED work
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxFree, listVars>>

\* The entries of the SPs come first.
WriteSpEntries(v) ==
    /\ At(v, "WriteSpEntries")
    /\ IF VmToVm
       THEN GoTo(v, "ReadLockList") /\ UNCHANGED <<work, answer>>
       ELSE Answer(v, Listing(SpCount, EntrySize(work[v][1]), <<>>))
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars>>

\* A list is walked from its head: work becomes <<version, last visited, endpoint IDs written>>.
ReadLockList(v) ==
    /\ At(v, "ReadLockList")
    /\ listWriter = 0
    /\ listReaders' = listReaders \cup {v}
    /\ IF Argument(v) = 0
       THEN GoTo(v, "NextContext") /\ work' = [work EXCEPT ![v] = @ \o <<0, <<>>>>]
       ELSE GoTo(v, "ReadVmCount") /\ UNCHANGED work
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, vmCount, ctxList, listWriter>>

\* One step along the list; the caller's own context is passed over.
NextContext(v) ==
    /\ At(v, "NextContext")
    /\ LET next  == Behind(work[v][2])
           size  == EntrySize(work[v][1])
           used  == (SpCount + Len(work[v][3])) * size
       IN  /\ GoTo(v, CASE next = 0             -> "ReadUnlockList"
                        [] next = DomainOf(v)   -> "NextContext"
                        [] used + size > RxRoom -> "ReadUnlockNoRoom"
                        [] OTHER                -> "WriteEntry")
           /\ work' = [work EXCEPT ![v][2] = next]
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars>>

WriteEntry(v) ==
    /\ At(v, "WriteEntry")
    /\ work' = [work EXCEPT ![v][3] = Append(@, FfaId(work[v][2]))]
    /\ GoTo(v, "NextContext")
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars>>

ReadUnlockList(v) ==
    /\ At(v, "ReadUnlockList")
    /\ listReaders' = listReaders \ {v}
    /\ LET size == EntrySize(work[v][1])
       IN  IF Argument(v) = 0
           THEN Answer(v, Listing(SpCount + Len(work[v][3]), size, work[v][3]))
           ELSE Answer(v, Success(SpCount + work[v][2] - 1, size))
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, vmCount, ctxList, listWriter>>

ReadUnlockNoRoom(v) ==
    /\ At(v, "ReadUnlockNoRoom")
    /\ listReaders' = listReaders \ {v}
    /\ GoTo(v, "LockRxToRelease")
    /\ work' = [work EXCEPT ![v] = Nothing]
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, vmCount, ctxList, listWriter>>

\* RX is released by FFA_RX_RELEASE, and by a listing that found no room.
LockRxToRelease(v) ==
    /\ At(v, "LockRxToRelease")
    /\ rxLock[DomainOf(v)] = 0
    /\ rxLock' = [rxLock EXCEPT ![DomainOf(v)] = v]
    /\ GoTo(v, "ReadRxToRelease")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxFree, listVars>>

ReadRxToRelease(v) ==
    /\ At(v, "ReadRxToRelease")
    /\ GoTo(v, IF rxFree[DomainOf(v)] THEN "UnlockRxDenied" ELSE "GiveRx")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars>>

GiveRx(v) ==
    /\ At(v, "GiveRx")
    /\ rxFree' = [rxFree EXCEPT ![DomainOf(v)] = TRUE]
    /\ GoTo(v, "UnlockRxGiven")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxLock, listVars>>

UnlockRxGiven(v) ==
    /\ At(v, "UnlockRxGiven")
    /\ rxLock' = [rxLock EXCEPT ![DomainOf(v)] = 0]
    /\ Answer(v, IF Function(v) = "RX_RELEASE" THEN Success(0, 0) ELSE Error(NO_MEMORY))
    /\ UNCHANGED <<call, lifeVars, versVars, rxFree, listVars>>

UnlockRxDenied(v) ==
    /\ At(v, "UnlockRxDenied")
    /\ rxLock' = [rxLock EXCEPT ![DomainOf(v)] = 0]
    /\ Answer(v, IF Function(v) = "RX_RELEASE" THEN Error(DENIED) ELSE Error(NO_MEMORY))
    /\ UNCHANGED <<call, lifeVars, versVars, rxFree, listVars>>

\* The vCPU goes back to its guest, which now has the answer.
ReturnFromCall(v) ==
    /\ At(v, "ReturnFromCall")
    /\ GoTo(v, "idle")
    /\ call' = [call EXCEPT ![v] = NoCall]
    /\ answer' = [answer EXCEPT ![v] = Nothing]
    /\ UNCHANGED <<work, lifeVars, versVars, rxVars, listVars>>

--------------------------------------------------------------------------------
\* Actions of the toolstack, in order

\* The context is set up before anything can find the domain, so creation is one step.
CreateDomain(t) ==
    /\ At(t, "idle")
    /\ life[DomainOf(t)] = "absent"
    /\ life' = [life EXCEPT ![DomainOf(t)] = "running"]
    /\ UNCHANGED <<pc, taskVars, isDying, versVars, rxVars, listVars>>

\* Pausing returns only when none of the domain's vCPUs is in the hypervisor.
PauseDomain(t) ==
    /\ At(t, "idle")
    /\ life[DomainOf(t)] = "running"
    /\ \A v \in Vcpus : DomainOf(v) = DomainOf(t) => At(v, "idle")
    /\ life' = [life EXCEPT ![DomainOf(t)] = "paused"]
    /\ GoTo(t, "SetDying")
    /\ UNCHANGED <<taskVars, isDying, versVars, rxVars, listVars>>

SetDying(t) ==
    /\ At(t, "SetDying")
    /\ isDying' = [isDying EXCEPT ![DomainOf(t)] = TRUE]
    /\ GoTo(t, IF VmToVm THEN "TeardownReadVers" ELSE "DropDomain")
    /\ UNCHANGED <<taskVars, life, versVars, rxVars, listVars>>

\* Teardown undoes only what negotiation did.
TeardownReadVers(t) ==
    /\ At(t, "TeardownReadVers")
    /\ GoTo(t, CASE guestVers[DomainOf(t)] = NoVersion -> "DropDomain"
                 [] Hardened                           -> "TeardownLockList"
                 [] OTHER                              -> "DecVmCount")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars>>

\* Posted: before the list is locked.  Hardened: while it is, behind the unlinking.
DecVmCount(t) ==
    /\ At(t, "DecVmCount")
    /\ vmCount' = vmCount - 1
    /\ GoTo(t, IF Hardened THEN "TeardownUnlockList" ELSE "TeardownLockList")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, ctxList, listWriter, listReaders>>

TeardownLockList(t) ==
    /\ At(t, "TeardownLockList")
    /\ listWriter = 0 /\ listReaders = {}
    /\ listWriter' = t
    /\ GoTo(t, "UnlinkContext")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, ctxList, listReaders>>

UnlinkContext(t) ==
    /\ At(t, "UnlinkContext")
    /\ LET other(d) == d # DomainOf(t)
       IN  ctxList' = SelectSeq(ctxList, other)
    /\ GoTo(t, IF Hardened THEN "DecVmCount" ELSE "TeardownUnlockList")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, listWriter, listReaders>>

TeardownUnlockList(t) ==
    /\ At(t, "TeardownUnlockList")
    /\ listWriter' = 0
    /\ GoTo(t, "DropDomain")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, ctxList, listReaders>>

\* The creation reference is the last one here, so dropping it frees the context.
DropDomain(t) ==
    /\ At(t, "DropDomain")
    /\ LET d == DomainOf(t)
       IN  /\ life' = [life EXCEPT ![d] = "absent"]
           /\ isDying' = [isDying EXCEPT ![d] = FALSE]
           /\ guestVers' = [guestVers EXCEPT ![d] = NoVersion]
           /\ versTmp' = [versTmp EXCEPT ![d] = NoVersion]
           /\ rxFree' = [rxFree EXCEPT ![d] = TRUE]
    /\ GoTo(t, "idle")
    /\ UNCHANGED <<taskVars, versLock, rxLock, listVars>>

--------------------------------------------------------------------------------
\* Next and Spec

VcpuStep(v) ==
    \/ StartCall(v)
    \/ ReadGuestVers(v)
    \/ LockGuestVers(v)
    \/ RereadGuestVers(v)
    \/ WriteVersTmp(v)
    \/ ReadVersTmp(v)
    \/ PublishGuestVers(v)
    \/ IncVmCount(v)
    \/ WriteLockList(v)
    \/ AppendContext(v)
    \/ WriteUnlockList(v)
    \/ UnlockToReturn(v)
    \/ UnlockToDispatch(v)
    \/ ReadNegotiatedVers(v)
    \/ ReadEntryVers(v)
    \/ ReadFlagVers(v)
    \/ ReadVmCount(v)
    \/ LockRxToAcquire(v)
    \/ ReadRxToAcquire(v)
    \/ TakeRx(v)
    \/ UnlockRxBusy(v)
    \/ UnlockRxTaken(v)
    \/ WriteSpEntries(v)
    \/ ReadLockList(v)
    \/ NextContext(v)
    \/ WriteEntry(v)
    \/ ReadUnlockList(v)
    \/ ReadUnlockNoRoom(v)
    \/ LockRxToRelease(v)
    \/ ReadRxToRelease(v)
    \/ GiveRx(v)
    \/ UnlockRxGiven(v)
    \/ UnlockRxDenied(v)
    \/ ReturnFromCall(v)

ToolstackStep(t) ==
    \/ CreateDomain(t)
    \/ PauseDomain(t)
    \/ SetDying(t)
    \/ TeardownReadVers(t)
    \/ DecVmCount(t)
    \/ TeardownLockList(t)
    \/ UnlinkContext(t)
    \/ TeardownUnlockList(t)
    \/ DropDomain(t)

Next == (\E v \in Vcpus : VcpuStep(v)) \/ (\E t \in Toolstack : ToolstackStep(t))

Spec == Init /\ [][Next]_vars

--------------------------------------------------------------------------------
\* Invariants

\* Every variable has the shape that its description promises.
TypeOK ==
    /\ \A v \in Vcpus : pc[v] \in VcpuLabels
    /\ \A t \in Toolstack : pc[t] \in ToolstackLabels
    /\ \A v \in Vcpus : call[v] \in Calls \cup {NoCall}
    /\ \A v \in Vcpus : (call[v] = NoCall) <=> At(v, "idle")
    /\ \A v \in Vcpus : (answer[v] # Nothing) <=> At(v, "ReturnFromCall")
    /\ life \in [Domains -> {"absent", "running", "paused"}]
    /\ isDying \in [Domains -> BOOLEAN]
    /\ guestVers \in [Domains -> Words]
    /\ versTmp \in [Domains -> Words]
    /\ versLock \in [Domains -> {0} \cup Vcpus]
    /\ rxLock \in [Domains -> {0} \cup Vcpus]
    /\ rxFree \in [Domains -> BOOLEAN]
    /\ vmCount \in 0..NumDomains
    /\ ctxList \in Seq(Domains)
    /\ listWriter \in {0} \cup Actors
    /\ listReaders \subseteq Vcpus

\* What is published is a version that the mediator can speak.  (H6 breaks this.)
PublishedIsSupportedInv ==
    \A d \in Domains : guestVers[d] \in Supported \cup {NoVersion}

\* An FFA_VERSION that was not refused has left its mark when it returns, so that of several the
\* last one counts.  Words with bit 31 set are H6's.
RequestIsNotedInv ==
    \A v \in Vcpus :
        /\ At(v, "UnlockToReturn") /\ Function(v) = "VERSION"
        /\ ~Refused(Argument(v)) /\ ~HasBit31(Argument(v))
        => versTmp[DomainOf(v)] = IF Argument(v) \in Supported THEN Argument(v) ELSE MyVersion

\* Whatever works on a domain's behalf behind dispatch does so for a domain with a version.
NoWorkBeforeVersionInv ==
    \A v \in Vcpus :
        pc[v] \in { "ReadNegotiatedVers", "ReadEntryVers", "ReadFlagVers", "ReadVmCount",
                    "LockRxToAcquire", "ReadRxToAcquire", "TakeRx", "UnlockRxTaken",
                    "UnlockRxBusy", "WriteSpEntries", "ReadLockList", "NextContext",
                    "WriteEntry", "ReadUnlockList", "ReadUnlockNoRoom", "LockRxToRelease",
                    "ReadRxToRelease", "GiveRx", "UnlockRxGiven", "UnlockRxDenied" }
        => guestVers[DomainOf(v)] # NoVersion

\* A call other than FFA_VERSION gets nothing but NOT_SUPPORTED while no version is published.
NoAnswerBeforeVersionInv ==
    \A v \in Vcpus :
        At(v, "ReturnFromCall") /\ Function(v) # "VERSION" /\ answer[v] # Error(NOT_SUPPORTED)
        => guestVers[DomainOf(v)] # NoVersion

\* A count that leaves the caller out comes from a count that had the caller in.  (H1 breaks this.)
NoNegativeAnswerInv ==
    \A v \in Vcpus :
        At(v, "ReturnFromCall") /\ Function(v) = "PARTITION_INFO_GET" /\ answer[v][1] = "SUCCESS"
        => answer[v][2] >= SpCount

\* The count is never below what it stands for: the running VMs with a version.  (H1 breaks this.)
CountCoversVersionsInv ==
    VmToVm => vmCount >= Cardinality({d \in Domains : life[d] = "running"
                                                      /\ guestVers[d] # NoVersion})

\* Whoever may read the list finds as many members as the count says.  (H8 breaks this.)
CountIsLengthInv ==
    listWriter = 0 => vmCount = Len(ctxList)

\* No context is on the list twice.
ListedOnceInv ==
    \A i, j \in 1..Len(ctxList) : ctxList[i] = ctxList[j] => i = j

\* While nobody negotiates and nobody tears down, the list has exactly the VMs with a version.
ListedWhenPublishedInv ==
    VmToVm => \A d \in Domains :
        versLock[d] = 0 /\ life[d] = "running" => (Listed(d) <=> guestVers[d] # NoVersion)

\* A freed context is on no list.
NoFreedContextListedInv ==
    \A d \in Domains : Listed(d) => life[d] # "absent"

\* Nobody who walks the list stands on a freed context.
NoFreedContextVisitedInv ==
    \A v \in Vcpus :
        pc[v] \in {"NextContext", "WriteEntry"} /\ work[v][2] # 0 => life[work[v][2]] # "absent"

\* What FFA_MSG_SEND2 finds in the posted design when it looks a receiver up: a live domain with a
\* version.  SEND2 itself is not in this model, so the two below are for the posted design only.
Reachable(d) == life[d] # "absent" /\ ~isDying[d] /\ guestVers[d] # NoVersion

\* A VM that SEND2 can reach is one that PARTITION_INFO_GET lists.  (H7 breaks this.)
ReachableIsListedInv ==
    VmToVm /\ listWriter = 0 => \A d \in Domains : Reachable(d) => Listed(d)

\* A VM that PARTITION_INFO_GET lists is one that SEND2 can reach.  (H7 breaks this.)
ListedIsReachableInv ==
    VmToVm /\ listWriter = 0 => \A d \in Domains : Listed(d) => Reachable(d)

\* Locks exclude: a holder is inside its critical section, and the list has no reader beside a writer.
InVersSection ==
    { "RereadGuestVers", "ReadVersTmp", "WriteVersTmp", "PublishGuestVers", "IncVmCount",
      "WriteLockList", "AppendContext", "WriteUnlockList", "UnlockToReturn", "UnlockToDispatch" }
InRxSection ==
    { "ReadRxToAcquire", "TakeRx", "UnlockRxTaken", "UnlockRxBusy", "ReadRxToRelease", "GiveRx",
      "UnlockRxGiven", "UnlockRxDenied" }
InWriteSection(a) ==
    \/ pc[a] \in {"AppendContext", "WriteUnlockList", "UnlinkContext", "TeardownUnlockList"}
    \/ Hardened /\ pc[a] \in {"IncVmCount", "DecVmCount"}
    \/ Hardened /\ VmToVm /\ At(a, "PublishGuestVers")
InReadSection(v) ==
    \/ pc[v] \in {"NextContext", "WriteEntry", "ReadUnlockList", "ReadUnlockNoRoom"}
    \/ Hardened /\ At(v, "ReadVmCount")

LocksExcludeInv ==
    /\ \A v \in Vcpus : pc[v] \in InVersSection <=> versLock[DomainOf(v)] = v
    /\ \A v \in Vcpus : pc[v] \in InRxSection <=> rxLock[DomainOf(v)] = v
    /\ \A a \in Actors : InWriteSection(a) <=> listWriter = a
    /\ \A v \in Vcpus : InReadSection(v) <=> v \in listReaders
    /\ listWriter # 0 => listReaders = {}

\* Every path releases what it took: nobody holds a lock outside the hypervisor or on the way out.
LocksReleasedInv ==
    \A v \in Vcpus :
        pc[v] \in {"idle", "ReturnFromCall"} =>
            /\ versLock[DomainOf(v)] # v
            /\ rxLock[DomainOf(v)] # v
            /\ listWriter # v
            /\ v \notin listReaders

\* Locks are taken in one order: guest_vers_lock before the list lock; rx_lock neither inside
\* another nor around one.  LocksExcludeInv implies this and the one above; they say it plainly.
LockOrderInv ==
    /\ \A v \in Vcpus :
        At(v, "LockGuestVers") =>
            rxLock[DomainOf(v)] # v /\ listWriter # v /\ v \notin listReaders
    /\ \A v \in Vcpus :
        pc[v] \in {"LockRxToAcquire", "LockRxToRelease"} =>
            versLock[DomainOf(v)] # v /\ listWriter # v /\ v \notin listReaders
    /\ \A v \in Vcpus :
        pc[v] \in {"WriteLockList", "ReadLockList"} =>
            rxLock[DomainOf(v)] # v /\ listWriter # v /\ v \notin listReaders

\* The toolstack tears down a domain only while none of its vCPUs is in the hypervisor.
TeardownAloneInv ==
    \A v \in Vcpus : life[DomainOf(v)] # "running" => At(v, "idle")

--------------------------------------------------------------------------------
\* Properties

\* guest_vers is stored at most once in the life of a context.
VersionSetOnceProp ==
    [][\A d \in Domains : guestVers[d] # NoVersion /\ guestVers'[d] # guestVers[d]
                          => life'[d] = "absent"]_vars

\* What is published is what was requested last.
PublishedIsRequestedProp ==
    [][\A d \in Domains : guestVers'[d] # guestVers[d] /\ guestVers'[d] # NoVersion
                          => guestVers'[d] = versTmp[d]]_vars

\* FFA_VERSION settles on the version asked for where the mediator can speak it, else on its own.
\* This is said without the comparisons of the code, so that it can contradict them.  (H6 does.)
RequestIsSettledProp ==
    [][\A d \in Domains : versTmp'[d] # versTmp[d] /\ versTmp'[d] # NoVersion =>
        \E v \in Vcpus :
            /\ versLock[d] = v /\ Function(v) = "VERSION"
            /\ IF Argument(v) \in Supported THEN versTmp'[d] = Argument(v)
                                            ELSE versTmp'[d] = MyVersion]_vars

\* Before a version is requested, only FFA_VERSION has an effect.
NoEffectBeforeRequestProp ==
    [][\A d \in Domains :
        versTmp[d] = NoVersion /\ versTmp'[d] = NoVersion =>
            UNCHANGED <<guestVers[d], rxFree[d]>> /\ (Listed(d)' => Listed(d))]_vars

================================================================================
