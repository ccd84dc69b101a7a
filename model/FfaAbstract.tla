------------------------------ MODULE FfaAbstract ------------------------------
(******************************************************************************)
(* What guests and the toolstack can see of the mediator, and nothing of how  *)
(* it is done: no lock, no count, no list.  A call begins, takes effect in    *)
(* one step, and returns; a domain is created in one step, and removed in one *)
(* step.  The version protocol is Xen's.                                      *)
(*                                                                            *)
(* Five freedoms are what the mediator needs.                                 *)
(*   - The end of negotiation is a step of its own, ahead of that of the call *)
(*     which ends it: others may see the VM before that call sees anything.   *)
(*   - Beside a call that is to fill an RX buffer, that buffer may be busy.   *)
(*   - Beside a call that uses the TX buffer of a domain, it may be busy.     *)
(*   - Beside a sibling's call that shares or reclaims memory, more may seem   *)
(*     to be shared, and what it reclaims may seem to be reclaimed already.   *)
(*   - A message on its way to a VM that is removed may still arrive, or be   *)
(*     refused; nobody is there to see which.                                 *)
(******************************************************************************)
EXTENDS Integers, Sequences, FiniteSets

\* As in Context.tla, of which this module takes nothing.
CONSTANTS NumDomains, VcpusPerDomain, VmToVm, MyVersion, SpCount, RxRoom, MappedAtStart,
          SpAnswers, ShmLimit, TxContents, Calls

VARIABLES
    call,       \* call[v]: the call in progress on vCPU v; <<>> when there is none.
    answer,     \* answer[v]: what that call will return; <<>> while it has not taken effect.
    message,    \* message[v]: what that call has found in TX to send: a domain, and 10 more where
                \* it is too long; 0 when there is none.
    life,       \* life[d]: "absent", "running", "paused" or "removed".
    requested,  \* requested[d]: the version that d requested last; 0 when none.
    version,    \* version[d]: the version of d, once negotiation is over; 0 before.
    rx,         \* rx[d]: "unmapped", "free", or "taken" by the guest.
    memory      \* memory[d]: the handles of the memory that d shares with SPs.

vars == <<call, answer, message, life, requested, version, rx, memory>>

Domains     == 1..NumDomains
Vcpus       == 1..NumDomains * VcpusPerDomain
DomainOf(v) == ((v - 1) \div VcpusPerDomain) + 1
Id(d)       == d + 1
Handles     == 1..ShmLimit

None == 0
Nothing == <<>>

\* What is listed is what can be reached: the VMs whose negotiation is over.
Vms == {d \in Domains : version[d] # None}

Init ==
    /\ call = [v \in Vcpus |-> Nothing]
    /\ answer = [v \in Vcpus |-> Nothing]
    /\ message = [v \in Vcpus |-> 0]
    /\ life = [d \in Domains |-> "absent"]
    /\ requested = [d \in Domains |-> None]
    /\ version = [d \in Domains |-> None]
    /\ rx = [d \in Domains |-> "unmapped"]
    /\ memory = [d \in Domains |-> {}]

--------------------------------------------------------------------------------
\* Answers

Refused(status) == <<"ERROR", status>>
Done(w2, w3)    == <<"SUCCESS", w2, w3>>

NOT_SUPPORTED      == -1
INVALID_PARAMETERS == -2
NO_MEMORY          == -3
BUSY               == -4
DENIED             == -6

Function(v) == call[v][1]
Argument(v) == call[v][2]
Owner(v)    == DomainOf(v)

\* The call of v takes effect: this is its answer, and what else becomes of RX buffers and memory.
Answers(v, with) == answer' = [answer EXCEPT ![v] = with]
Replies(v, with) == Answers(v, with) /\ UNCHANGED <<rx, memory>>
Refuses(v, status) == Replies(v, Refused(status))
BecomesRx(d, state) == rx' = [rx EXCEPT ![d] = state] /\ UNCHANGED memory

\* The other calls in progress.
Beside(v) == {w \in Vcpus \ {v} : call[w] # Nothing}
Siblings(v) == {w \in Beside(v) : Owner(w) = Owner(v)}

IsListing(v) ==
    Function(v) = "PARTITION_INFO_OF" \/ (Function(v) = "PARTITION_INFO_GET" /\ Argument(v) = 0)
IsCount(v) ==
    Function(v) = "PARTITION_COUNT_OF" \/ (Function(v) = "PARTITION_INFO_GET" /\ Argument(v) # 0)

\* Another call may be filling the RX buffer of d: a listing of d's own, or a message from a VM.
MayBeFilled(v, d) ==
    \E w \in Beside(v) : IF Owner(w) = d THEN IsListing(w) ELSE Function(w) = "SEND2"

\* Another call may be using the TX buffer of the caller.
MayBeSent(v) ==
    \E w \in Siblings(v) : Function(w) \in {"SEND2", "MEM_SHARE", "RXTX_MAP", "RXTX_UNMAP"}

--------------------------------------------------------------------------------
\* Negotiation

HasBit31(word) == word >= 10000
Supported == {w \in {100, 101, 102} : w <= MyVersion}

\* A word that is none is refused.  Else the caller is told of the mediator's version, and gets what
\* it asked for, if that can be had.
Requests(v) ==
    IF HasBit31(Argument(v))
    THEN Answers(v, <<"VERSION", NOT_SUPPORTED>>) /\ UNCHANGED requested
    ELSE /\ Answers(v, <<"VERSION", MyVersion>>)
         /\ requested' = [requested EXCEPT ![Owner(v)] =
                              IF Argument(v) \in Supported THEN Argument(v) ELSE MyVersion]

Negotiates(v) ==
    LET d == Owner(v)
    IN  CASE Function(v) = "VERSION" -> Requests(v) /\ UNCHANGED <<version, rx, memory>>
          [] Function(v) # "VERSION" /\ requested[d] = None ->
                 Refuses(v, NOT_SUPPORTED) /\ UNCHANGED <<requested, version>>
          \* Negotiation is over: from now on the VM is listed.  The call has still to take effect.
          [] OTHER -> /\ version' = [version EXCEPT ![d] = requested[d]]
                      /\ UNCHANGED <<answer, requested, rx, memory>>

--------------------------------------------------------------------------------
\* Partitions.  An SP has a UUID, and VMs have none.

ByUuid(v) == Function(v) \in {"PARTITION_INFO_OF", "PARTITION_COUNT_OF"}
Sps(v)    == IF ByUuid(v) THEN Argument(v) ELSE SpCount
Others(v) == IF VmToVm /\ ~ByUuid(v) THEN Vms \ {Owner(v)} ELSE {}
Found(v)  == Sps(v) + Cardinality(Others(v))
EntrySize(d) == IF version[d] = 100 THEN 8 ELSE 24
OfNobody(v)  == ByUuid(v) /\ Sps(v) = 0

Counts(v) ==
    IF version[Owner(v)] = 100 \/ OfNobody(v) \/ (~ByUuid(v) /\ Argument(v) # 1)
    THEN Refuses(v, INVALID_PARAMETERS)
    ELSE Replies(v, Done(Found(v), 0))

\* Each of the others once, in any order, and the guest has the buffer.
Hands(v) ==
    LET with == answer'[v]
        size == EntrySize(Owner(v))
    IN  /\ Len(with) = 4 /\ Len(with[4]) = Cardinality(Others(v))
        /\ {with[4][i] : i \in 1..Len(with[4])} = {Id(d) : d \in Others(v)}
        /\ Answers(v, <<"SUCCESS", Found(v), size, with[4]>>)
        /\ BecomesRx(Owner(v), "taken")

Lists(v) ==
    LET d == Owner(v)
    IN  \/ rx[d] = "unmapped" /\ Refuses(v, DENIED)
        \/ (rx[d] = "taken" \/ MayBeFilled(v, d)) /\ rx[d] # "unmapped" /\ Refuses(v, BUSY)
        \/ /\ rx[d] = "free"
           /\ CASE OfNobody(v)                          -> Refuses(v, INVALID_PARAMETERS)
                [] Found(v) * EntrySize(d) > RxRoom     -> Refuses(v, NO_MEMORY)
                [] OTHER                                -> Hands(v)

--------------------------------------------------------------------------------
\* Buffers

Releases(v) ==
    LET d == Owner(v)
    IN  \/ rx[d] = "taken" /\ Answers(v, Done(0, 0)) /\ BecomesRx(d, "free")
        \/ (rx[d] # "taken" \/ MayBeFilled(v, d)) /\ Refuses(v, DENIED)

Maps(v) ==
    LET d == Owner(v)
    IN  IF rx[d] = "unmapped" THEN Answers(v, Done(0, 0)) /\ BecomesRx(d, "free")
                              ELSE Refuses(v, DENIED)

Unmaps(v) ==
    LET d == Owner(v)
    IN  \/ rx[d] = "unmapped" /\ Refuses(v, INVALID_PARAMETERS)
        \/ rx[d] = "free" /\ Answers(v, Done(0, 0)) /\ BecomesRx(d, "unmapped")
        \/ rx[d] # "unmapped" /\ (rx[d] = "taken" \/ MayBeFilled(v, d)) /\ Refuses(v, DENIED)

--------------------------------------------------------------------------------
\* Messages

Arrives(v, content) ==
    LET d    == content % 10
        long == content > 10
    IN  IF life[d] = "removed"
        THEN \/ \E status \in {BUSY, DENIED} : Refuses(v, status)
             \/ IF long THEN Refuses(v, NO_MEMORY) ELSE Replies(v, Done(0, 0))
        ELSE /\ d \in Vms
             /\ \/ rx[d] = "unmapped" /\ Refuses(v, DENIED)
                \/ /\ rx[d] # "unmapped"
                   /\ rx[d] = "taken" \/ MayBeFilled(v, d)
                   /\ Refuses(v, BUSY)
                \/ /\ rx[d] = "free"
                   /\ IF long THEN Refuses(v, NO_MEMORY)
                              ELSE Answers(v, Done(0, 0)) /\ BecomesRx(d, "taken")

Reaches(content, v) == VmToVm /\ content % 10 \in Domains \ {Owner(v)}

SendsNothing(v, status) == Refuses(v, status) /\ UNCHANGED message

Sends(v) ==
    \/ MayBeSent(v) /\ SendsNothing(v, BUSY)
    \/ rx[Owner(v)] = "unmapped" /\ SendsNothing(v, DENIED)
    \/ /\ rx[Owner(v)] # "unmapped"
       /\ \E content \in TxContents :
           IF Reaches(content, v)
           THEN /\ message' = [message EXCEPT ![v] = content]
                /\ \/ Arrives(v, content)
                   \/ content % 10 \notin Vms /\ Refuses(v, INVALID_PARAMETERS)
           ELSE SendsNothing(v, INVALID_PARAMETERS)

--------------------------------------------------------------------------------
\* Memory.  An SP gives a new handle, or a status.

SpRefuses(v) == \E status \in SpAnswers \ {0} : Refuses(v, status)

Shares(v) ==
    LET d == Owner(v)
        \* Beside a call that shares or reclaims there may seem to be more.
        others == {w \in Siblings(v) : Function(w) \in {"MEM_SHARE", "MEM_RECLAIM"}}
    IN  \/ MayBeSent(v) /\ Refuses(v, BUSY)
        \/ rx[d] = "unmapped" /\ Refuses(v, DENIED)
        \/ /\ rx[d] # "unmapped"
           /\ \/ \E content \in TxContents : content # 20 /\ Refuses(v, INVALID_PARAMETERS)
              \/ /\ 20 \in TxContents
                 /\ \/ /\ Cardinality(memory[d]) + Cardinality(others) >= ShmLimit
                       /\ Refuses(v, NO_MEMORY)
                    \/ SpRefuses(v)
                    \/ \E h \in Handles \ memory[d] :
                           /\ Answers(v, Done(h, 0))
                           /\ memory' = [memory EXCEPT ![d] = @ \cup {h}]
                           /\ UNCHANGED rx

Reclaims(v) ==
    LET d == Owner(v)
        h == Argument(v)
    IN  \/ /\ h \notin memory[d] \/ \E w \in Siblings(v) : call[w] = call[v]
           /\ Refuses(v, INVALID_PARAMETERS)
        \/ /\ h \in memory[d]
           /\ \/ SpRefuses(v)
              \/ /\ Answers(v, Done(0, 0))
                 /\ memory' = [memory EXCEPT ![d] = @ \ {h}]
                 /\ UNCHANGED rx

--------------------------------------------------------------------------------
\* Calls

ServesAny(v) ==
    CASE Function(v) = "VERSION"     ->
             Replies(v, <<"VERSION", IF HasBit31(Argument(v)) THEN NOT_SUPPORTED ELSE MyVersion>>)
      [] Function(v) = "ID_GET"      -> Replies(v, Done(Id(Owner(v)), 0))
      [] Function(v) = "FEATURES"    -> IF Argument(v) = 1 THEN Replies(v, Done(0, 0))
                                                           ELSE Refuses(v, NOT_SUPPORTED)
      [] IsListing(v)                -> Lists(v)
      [] IsCount(v)                  -> Counts(v)
      [] Function(v) = "RX_RELEASE"  -> Releases(v)
      [] Function(v) = "RXTX_MAP"    -> Maps(v)
      [] Function(v) = "RXTX_UNMAP"  -> Unmaps(v)
      [] Function(v) = "MEM_SHARE"   -> Shares(v)
      [] Function(v) = "MEM_RECLAIM" -> Reclaims(v)
      [] OTHER                       -> Refuses(v, NOT_SUPPORTED)

Serves(v) ==
    /\ IF Function(v) = "SEND2" THEN Sends(v) ELSE ServesAny(v) /\ UNCHANGED message
    /\ UNCHANGED <<requested, version>>

\* An ID that is not FF-A's is answered above the mediator.
Begin(v) ==
    /\ call[v] = Nothing
    /\ life[Owner(v)] = "running"
    /\ \E c \in Calls :
        /\ call' = [call EXCEPT ![v] = c]
        /\ Answers(v, IF c[1] = "FOREIGN" THEN <<"SMCCC", NOT_SUPPORTED>> ELSE Nothing)
    /\ UNCHANGED <<message, life, requested, version, rx, memory>>

TakeEffect(v) ==
    /\ call[v] # Nothing /\ answer[v] = Nothing
    /\ IF version[Owner(v)] = None THEN Negotiates(v) /\ UNCHANGED message
                                   ELSE Serves(v)
    /\ UNCHANGED <<call, life>>

Return(v) ==
    /\ answer[v] # Nothing
    /\ call' = [call EXCEPT ![v] = Nothing]
    /\ Answers(v, Nothing)
    /\ UNCHANGED <<message, life, requested, version, rx, memory>>

\* What is in TX is the guest's own again.
Forget(v) ==
    /\ answer[v] # Nothing
    /\ message[v] # 0
    /\ message' = [message EXCEPT ![v] = 0]
    /\ UNCHANGED <<call, answer, life, requested, version, rx, memory>>

--------------------------------------------------------------------------------
\* Domains

Create(d) ==
    /\ life[d] = "absent"
    /\ life' = [life EXCEPT ![d] = "running"]
    /\ BecomesRx(d, IF MappedAtStart THEN "free" ELSE "unmapped")
    /\ UNCHANGED <<call, answer, message, requested, version>>

\* None of its calls is in progress then.
Pause(d) ==
    /\ life[d] = "running"
    /\ \A v \in Vcpus : Owner(v) = d => call[v] = Nothing
    /\ life' = [life EXCEPT ![d] = "paused"]
    /\ UNCHANGED <<call, answer, message, requested, version, rx, memory>>

\* At once it is not listed, not counted and not reached.
Remove(d) ==
    /\ life[d] = "paused"
    /\ life' = [life EXCEPT ![d] = "removed"]
    /\ requested' = [requested EXCEPT ![d] = None]
    /\ version' = [version EXCEPT ![d] = None]
    /\ BecomesRx(d, "unmapped")
    /\ UNCHANGED <<call, answer, message>>

\* An SP gives memory back.
GiveBack(d) ==
    /\ life[d] = "removed"
    /\ \E h \in memory[d] : memory' = [memory EXCEPT ![d] = @ \ {h}]
    /\ UNCHANGED <<call, answer, message, life, requested, version, rx>>

\* Its memory and its ID may be used again: no SP has any of it.
Free(d) ==
    /\ life[d] = "removed"
    /\ memory[d] = {}
    /\ life' = [life EXCEPT ![d] = "absent"]
    /\ UNCHANGED <<call, answer, message, requested, version, rx, memory>>

--------------------------------------------------------------------------------

Next ==
    \/ \E v \in Vcpus : Begin(v) \/ TakeEffect(v) \/ Forget(v) \/ Return(v)
    \/ \E d \in Domains : Create(d) \/ Pause(d) \/ Remove(d) \/ GiveBack(d) \/ Free(d)

Spec == Init /\ [][Next]_vars

\* The same for TLC, which asks first what is soon answered: most steps of a mediator are not seen.
Seen == Init /\ [][UNCHANGED vars \/ Next]_vars

================================================================================
