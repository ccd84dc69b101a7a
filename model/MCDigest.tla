-------------------------------- MODULE MCDigest --------------------------------
(******************************************************************************)
(* An order-independent digest of all states and all steps, which TLC         *)
(* computes while it runs: an invariant sees each distinct state once, an     *)
(* action constraint each step once.  Where a state graph is too large to be  *)
(* written out, two programs that agree on this digest agree on more than the *)
(* number of states and steps.                                                *)
(*                                                                            *)
(* The sums are in TLC's registers, so there must be one worker.  They are    *)
(* printed whenever no state waits in the queue; the last line printed is     *)
(* the digest of the whole graph, because the last state to be taken from the *)
(* queue has a step.                                                          *)
(*                                                                            *)
(* verify/explore/digest.ts evaluates these operators on the implementation.  *)
(******************************************************************************)
EXTENDS MCNegotiation, TLC

--------------------------------------------------------------------------------
\* Numbers for what is not a number

\* A prime whose square is below 2^31.
P == 46337

Names ==
    << "idle", "ReadGuestVers", "ReadNegotiatedVers", "ReturnFromCall", "LockGuestVers",
       "RereadGuestVers", "WriteVersTmp", "ReadVersTmp", "CloseNegotiation", "UnlockToReturn",
       "UnlockToDispatch", "PublishGuestVers", "IncVmCount", "WriteLockList", "AppendContext",
       "WriteUnlockList", "DecVmCount", "TeardownLockList", "UnlinkContext",
       "TeardownUnlockList", "ReadEntryVers", "ReadFlagVers", "ReadVmCount", "LockSpRx",
       "WriteSpEntries", "UnlockSpRx", "UnlockSpRxGivenUp", "ReadLockList", "NextContext",
       "WriteEntry", "ReadUnlockList", "ReadUnlockNoRoom", "UnlockRxHandedOver",
       "LockRxToAcquire", "ReadPagesToAcquire", "ReadRxToAcquire", "TakeRx", "UnlockRxTaken",
       "LockRxToHandOver", "HandOverRx", "LockRxToRelease", "ReadPagesToRelease",
       "ReadRxToRelease", "GiveRx", "UnlockRxGiven", "LockRxToMap", "ReadPagesToMap",
       "WritePagesMapped", "FreeMappedRx", "UnlockRxMapped", "LockRxToUnmap", "ReadPagesToUnmap",
       "ReadRxToUnmap", "WritePagesUnmapped", "TakeUnmappedRx", "UnlockRxUnmapped",
       "UnlockRxBusy", "UnlockRxDenied", "UnlockRxNotMapped", "SetDying", "TeardownReadVers",
       "DropDomain", "VERSION", "ID_GET", "FEATURES", "INTERRUPT", "UNKNOWN",
       "PARTITION_INFO_GET", "RX_RELEASE", "RXTX_MAP", "RXTX_UNMAP", "ERROR", "SUCCESS",
       "absent", "running", "paused", "free", "taken", "filling",
       "PARTITION_INFO_OF", "PARTITION_COUNT_OF", "FOREIGN", "SMCCC",
       "created", "dropped", "LockTxToMap", "LockTxToUnmap", "UnlockTx", "LockRxToTearDown",
       "UnlockRxToWait", "GetDomainForTeardown", "NextShmTorn", "PutDomainOfTeardown" >>

\* TLCEval makes a table of it, once.
NumberOf == TLCEval([name \in {Names[i] : i \in 1..Len(Names)} |->
                        CHOOSE i \in 1..Len(Names) : Names[i] = name])

\* Two polynomials: k is 1 or 2.  What is coded is one number after another, from 1 on.
Next1(h, x) == (h * 211 + x + 7) % P
Next2(h, x) == (h * 30011 + x + 7) % P
After(k, h, x) == IF k = 1 THEN Next1(h, x) ELSE Next2(h, x)

\* The first n elements of a sequence of numbers.
RECURSIVE Code(_, _, _)
Code(k, s, n) == IF n = 0 THEN 1 ELSE After(k, Code(k, s, n - 1), s[n])

Bool(b) == IF b THEN 1 ELSE 0

CallCode(k, c) == IF c = NoCall THEN 0 ELSE After(k, After(k, 1, NumberOf[c[1]]), c[2])

WorkCode(k, w) ==
    IF Len(w) < 3 THEN Code(k, w, Len(w)) ELSE After(k, Code(k, w, 2), Code(k, w[3], Len(w[3])))

AnswerCode(k, a) ==
    LET name  == After(k, 1, NumberOf[a[1]])
        three == After(k, After(k, name, a[2]), a[3])
    IN  CASE Len(a) = 0 -> 0
          [] Len(a) = 2 -> After(k, name, a[2])
          [] Len(a) = 3 -> three
          [] Len(a) = 4 -> After(k, three, Code(k, a[4], Len(a[4])))

VcpuCode(k, v) ==
    After(k, After(k, After(k, After(k, 1, NumberOf[pc[v]]), CallCode(k, call[v])),
                      WorkCode(k, work[v])),
             AnswerCode(k, answer[v]))

DomainCode(k, d) ==
    LET lives == After(k, After(k, After(k, 1, NumberOf[pc[NumVcpus + d]]), NumberOf[life[d]]),
                       Bool(isDying[d]))
        words == After(k, After(k, After(k, lives, refs[d]), guestVers[d]), versTmp[d])
        locks == After(k, After(k, After(k, words, versLock[d]), rxLock[d]), txLock[d])
    IN  After(k, After(k, locks, Bool(rxMapped[d])), NumberOf[rxState[d]])

RECURSIVE VcpusCode(_, _)
VcpusCode(k, n) == IF n = 0 THEN 1 ELSE After(k, VcpusCode(k, n - 1), VcpuCode(k, n))

RECURSIVE DomainsCode(_, _)
DomainsCode(k, n) ==
    IF n = 0 THEN VcpusCode(k, NumVcpus) ELSE After(k, DomainsCode(k, n - 1), DomainCode(k, n))

RECURSIVE ReadersCode(_, _)
ReadersCode(k, n) ==
    IF n = 0 THEN 1 ELSE After(k, ReadersCode(k, n - 1), Bool(n \in listReaders))

StateCode(k) ==
    LET own  == After(k, After(k, DomainsCode(k, NumDomains), vmCount), listWriter)
        list == After(k, After(k, own, Code(k, ctxList, Len(ctxList))), ReadersCode(k, NumVcpus))
    IN  After(k, list, spRxLock)

\* The sums must not be linear in what they sum, or a difference here could make up for one there.
\* The argument is bound, so that TLC computes it once.
Mixed(code) == LET x == TLCEval(code) IN (((x * x) % P) * x + x) % P

--------------------------------------------------------------------------------
\* Sums, in registers 1 and 2 for states, 3 and 4 for steps

Add(register, x) == TLCSet(register, (TLCGet(register) + x) % P)

ASSUME (\A register \in 1..6 : TLCSet(register, 0)) /\ TLCSet(7, <<>>)

\* Holds in every state, and counts it.
StatesAreSummed == Add(1, Mixed(StateCode(1))) /\ Add(2, Mixed(StateCode(2)))

\* The steps of one state come one after another, so its codes are kept, in registers 5 and 6.
KeepSourceCodes ==
    IF TLCGet(7) = vars THEN TRUE
    ELSE TLCSet(5, StateCode(1)) /\ TLCSet(6, StateCode(2)) /\ TLCSet(7, vars)

StepCodeOf(from, to) == (from * 59 + to * 6007) % P
StepCode(k) == StepCodeOf(TLCGet(4 + k), StateCode(k)')

PrintDigest == PrintT(<<"digest", TLCGet(1), TLCGet(2), TLCGet(3), TLCGet(4)>>)

\* Lets every step pass, and counts it.
StepsAreSummed ==
    /\ KeepSourceCodes
    /\ Add(3, Mixed(StepCode(1)))
    /\ Add(4, Mixed(StepCode(2)))
    /\ TLCGet("queue") = 0 => PrintDigest
================================================================================
