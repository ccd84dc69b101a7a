---------------------------- MODULE DomainTeardown -----------------------------
(******************************************************************************)
(* Creation and destruction of a domain, as the toolstack does them, and the  *)
(* timer that goes on with a destruction that could not end.  (src:           *)
(* domainTeardown.ts)                                                         *)
(*                                                                            *)
(* In a round of a teardown each SP that is still to be told is told, and     *)
(* each memory object that is left is asked for.  Meanwhile work begins with  *)
(* the domain.                                                                *)
(******************************************************************************)
EXTENDS SharedMemory

CreateLabels  == { "idle", "TellCreated", "WriteToTell", "StartDomain" }
TellLabels    == { "ReadToTell", "TellDestroyed", "ClearToTell" }
TornLabels    == { "NextShmTorn", "AskReclaimTorn", "UnlinkShmTorn", "ReadShmLeft" }
InRetrySection == { "AppendRetry", "ReadRetryFirst", "UnlockRetry", "PopRetry",
                    "UnlockRetryPopped" }
RetryLabels   == InRetrySection \cup { "LockRetry", "SetTimer" }
RoundLabels   == TellLabels \cup TornLabels \cup UncountLabels \cup RetryLabels
                     \cup { "PutDomainOfTeardown" }
DropLabels    == { "GetDomainForTeardown", "DropDomain" }
UnmapTornLabels ==
    { "LockRxToTearDown", "ReadPagesToUnmap", "ReadRxToUnmap", "WritePagesUnmapped",
      "TakeUnmappedRx", "UnlockRxUnmapped", "UnlockRxNotMapped", "UnlockRxToWait" }
ToolstackLabels == CreateLabels \cup { "SetDying", "TeardownReadVers" } \cup LeaveLabels
                       \cup UnmapTornLabels \cup RoundLabels \cup DropLabels
TimerLabels     == { "idle", "LockRetryToPop" } \cup RoundLabels

\* Behind a round that leaves nothing, and behind the teardown.
BehindTeardown(a) == IF a = Timer THEN "idle" ELSE "DropDomain"
BehindRound(a) ==
    IF Fixed("TeardownHoldsDomain") THEN "PutDomainOfTeardown" ELSE BehindTeardown(a)

FirstOfTeardown ==
    CASE Fixed("TeardownHoldsDomain") -> "GetDomainForTeardown"
      [] VmToVm                       -> "TeardownReadVers"
      [] OTHER                        -> FirstOfUnmapping

--------------------------------------------------------------------------------
\* Creation.  The context is set up before anything can find the domain; SPs hear of it meanwhile.

CreateDomain(t) ==
    /\ pc[t] = "idle"
    /\ life[DomainOf[t]] = "absent"
    /\ refs' = [refs EXCEPT ![DomainOf[t]] = 1]
    /\ IF Subscribers = 0
       THEN life' = [life EXCEPT ![DomainOf[t]] = "running"] /\ UNCHANGED <<pc, work>>
       ELSE /\ life' = [life EXCEPT ![DomainOf[t]] = "created"]
            /\ GoTo(t, "TellCreated") /\ Keep(t, <<DomainOf[t], 1>>)
    /\ UNCHANGED <<call, answer, isDying, held, versVars, rxVars, listVars, memVars>>

\* The first SP that refuses ends the creation.
TellCreated(t) ==
    /\ pc[t] = "TellCreated"
    /\ \E status \in SpAnswers :
        LET told == IF status = OK THEN work[t][2] ELSE work[t][2] - 1
        IN  IF status = OK /\ told < Subscribers
            THEN Keep(t, <<DomainOf[t], told + 1>>) /\ UNCHANGED pc
            ELSE GoTo(t, "WriteToTell") /\ Keep(t, <<DomainOf[t], told>>)
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, memVars>>

\* Who was told is told of the destruction.
WriteToTell(t) ==
    /\ pc[t] = "WriteToTell"
    /\ toTell' = [toTell EXCEPT ![DomainOf[t]] = 1..work[t][2]]
    /\ GoTo(t, IF work[t][2] = Subscribers THEN "StartDomain" ELSE FirstOfTeardown)
    /\ Keep(t, Nothing)
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, txLock, shmVars, spTxLock,
                   retryVars>>

StartDomain(t) ==
    /\ pc[t] = "StartDomain"
    /\ life' = [life EXCEPT ![DomainOf[t]] = "running"]
    /\ GoTo(t, "idle")
    /\ UNCHANGED <<taskVars, isDying, refs, held, versVars, rxVars, listVars, memVars>>

--------------------------------------------------------------------------------
\* Destruction

\* Pausing returns only when none of the domain's vCPUs is in the hypervisor.
PauseDomain(t) ==
    /\ pc[t] = "idle"
    /\ life[DomainOf[t]] = "running"
    /\ \A v \in Vcpus : DomainOf[v] = DomainOf[t] => pc[v] = "idle"
    /\ life' = [life EXCEPT ![DomainOf[t]] = "paused"]
    /\ GoTo(t, "SetDying")
    /\ UNCHANGED <<taskVars, isDying, refs, held, versVars, rxVars, listVars, memVars>>

SetDying(t) ==
    /\ pc[t] = "SetDying"
    /\ isDying' = [isDying EXCEPT ![DomainOf[t]] = TRUE]
    /\ GoTo(t, FirstOfTeardown)
    /\ UNCHANGED <<taskVars, life, refs, held, versVars, rxVars, listVars, memVars>>

GetDomainForTeardown(t) ==
    /\ pc[t] = "GetDomainForTeardown"
    /\ refs' = [refs EXCEPT ![DomainOf[t]] = @ + 1]
    /\ GoTo(t, IF VmToVm THEN "TeardownReadVers" ELSE FirstOfUnmapping)
    /\ UNCHANGED <<taskVars, life, isDying, held, versVars, rxVars, listVars, memVars>>

\* Teardown undoes only what negotiation did.
TeardownReadVers(t) ==
    /\ pc[t] = "TeardownReadVers"
    /\ GoTo(t, IF guestVers[DomainOf[t]] \in {NoVersion, Closed} THEN FirstOfUnmapping
                                                                 ELSE FirstOfLeaving)
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars, memVars>>

\* The creation reference.
DropDomain(t) ==
    /\ pc[t] = "DropDomain"
    /\ DropReference(DomainOf[t])
    /\ GoTo(t, "idle") /\ UNCHANGED work
    /\ UNCHANGED <<call, answer, versVars, rxVars, listVars, memVars>>

\* The grace period is over: nobody who found the domain holds it.
FreeDomain(t) ==
    /\ pc[t] = "idle"
    /\ life[DomainOf[t]] = "dropped"
    /\ held[DomainOf[t]] = {}
    /\ LET d == DomainOf[t]
       IN  /\ life' = [life EXCEPT ![d] = "absent"]
           /\ isDying' = [isDying EXCEPT ![d] = FALSE]
           /\ guestVers' = [guestVers EXCEPT ![d] = NoVersion]
           /\ versTmp' = [versTmp EXCEPT ![d] = InitialVers]
           /\ rxMapped' = [rxMapped EXCEPT ![d] = MappedAtStart]
           /\ rxState' = [rxState EXCEPT ![d] = InitialRx]
           /\ versLock' = [versLock EXCEPT ![d] = 0]
           /\ rxLock' = [rxLock EXCEPT ![d] = 0]
           /\ txLock' = [txLock EXCEPT ![d] = 0]
           /\ shmLock' = [shmLock EXCEPT ![d] = 0]
           /\ shmCount' = [shmCount EXCEPT ![d] = 0]
           /\ shmList' = [shmList EXCEPT ![d] = <<>>]
           /\ toTell' = [toTell EXCEPT ![d] = {}]
    /\ UNCHANGED <<pc, taskVars, refs, held, spRxLock, listVars, spObjects, spTxLock, retryVars>>

--------------------------------------------------------------------------------
\* A round, by the toolstack task or the timer: the SPs that are still to be told.  work is <<domain,
\* they, the one that is told>>.

TellNext(a, left, last) ==
    LET behind == {sp \in left : sp > last}
    IN  IF behind = {}
        THEN GoTo(a, "NextShmTorn") /\ Keep(a, <<work[a][1], left # {}, 0>>)
        ELSE /\ GoTo(a, "TellDestroyed")
             /\ Keep(a, <<work[a][1], left,
                          CHOOSE sp \in behind : \A other \in behind : sp <= other>>)

ReadToTell(a) ==
    /\ pc[a] = "ReadToTell"
    /\ TellNext(a, toTell[work[a][1]], 0)
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, memVars>>

\* Two statuses ask for the notice once more.
TellDestroyed(a) ==
    /\ pc[a] = "TellDestroyed"
    /\ \E status \in SpAnswers :
        IF status \in {INTERRUPTED, RETRY}
        THEN TellNext(a, work[a][2], work[a][3])
        ELSE GoTo(a, "ClearToTell") /\ Keep(a, [work[a] EXCEPT ![2] = @ \ {work[a][3]}])
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, memVars>>

ClearToTell(a) ==
    /\ pc[a] = "ClearToTell"
    /\ toTell' = [toTell EXCEPT ![work[a][1]] = work[a][2]]
    /\ TellNext(a, work[a][2], work[a][3])
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, txLock, shmVars, spTxLock,
                   retryVars>>

--------------------------------------------------------------------------------
\* A round: the memory that SPs have.  work is <<domain, whether an SP is still to be told, the last
\* object that stays, the one that is asked for, whether it was given back>>.

\* What comes behind a round, and whether something is left: the timer looks at the list anyway.
EndRound(a, left) ==
    IF left \/ a = Timer
    THEN GoTo(a, "LockRetry") /\ Keep(a, <<work[a][1], left>>)
    ELSE GoTo(a, BehindRound(a)) /\ Keep(a, IF Fixed("TeardownHoldsDomain") THEN <<work[a][1]>>
                                                                          ELSE Nothing)

NextShmTorn(a) ==
    /\ pc[a] = "NextShmTorn"
    /\ LET list == shmList[work[a][1]]
           last == work[a][3]
           at   == IF last = 0 THEN 0 ELSE CHOOSE i \in 1..Len(list) : list[i] = last
       IN  CASE at < Len(list) -> GoTo(a, "AskReclaimTorn") /\ Keep(a, Append(work[a], list[at + 1]))
             [] Fixed("RetryOnlyLeft") -> EndRound(a, work[a][2] \/ last # 0)
             [] OTHER                  -> GoTo(a, "ReadShmLeft") /\ UNCHANGED work
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, memVars>>

\* What an SP denies it may give back later; any other status is taken to be for good.
AskReclaimTorn(a) ==
    /\ pc[a] = "AskReclaimTorn"
    /\ LET d == work[a][1]
           h == work[a][4]
       IN  \E status \in SpAnswers :
             /\ spObjects' = IF status = OK THEN [spObjects EXCEPT ![d] = @ \ {h}] ELSE spObjects
             /\ IF status = DENIED
                THEN GoTo(a, "NextShmTorn") /\ Keep(a, <<d, work[a][2], h>>)
                ELSE GoTo(a, "UnlinkShmTorn") /\ Keep(a, Append(work[a], status = OK))
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, txLock, shmLock, shmCount,
                   shmList, spTxLock, toTell, retryVars>>

UnlinkShmTorn(a) ==
    /\ pc[a] = "UnlinkShmTorn"
    /\ shmList' = [shmList EXCEPT ![work[a][1]] = Without(@, work[a][4])]
    /\ Keep(a, SubSeq(work[a], 1, 3))
    /\ GoTo(a, IF work[a][5] THEN "LockShmToUncount" ELSE "NextShmTorn")
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, txLock, shmLock, shmCount,
                   spObjects, spTxLock, toTell, retryVars>>

\* Posted: a teardown has ended when no object is counted any more.
ReadShmLeft(a) ==
    /\ pc[a] = "ReadShmLeft"
    /\ EndRound(a, work[a][2] \/ shmCount[work[a][1]] > 0)
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, memVars>>

--------------------------------------------------------------------------------
\* The list of teardowns that are to go on.  work is <<domain, whether it is one of them>>, and then
\* the first on the list.

LockRetryTo(a, to) ==
    /\ retryLock = 0
    /\ retryLock' = a
    /\ GoTo(a, to)
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars, txLock, shmVars, spTxLock,
                   toTell, retryList, timerSet>>

IsLeft(a)  == work[a][2]
IsToSet(a) == work[a][3] # 0

\* Behind the retry list.  The timer ends here, a toolstack's task with the creation reference.
EndTeardown(a) ==
    IF ~IsLeft(a) /\ Fixed("TeardownHoldsDomain")
    THEN GoTo(a, "PutDomainOfTeardown") /\ Keep(a, <<work[a][1]>>)
    ELSE GoTo(a, BehindTeardown(a)) /\ Keep(a, Nothing)

LockRetry(a) ==
    /\ pc[a] = "LockRetry"
    /\ LockRetryTo(a, IF IsLeft(a) THEN "AppendRetry" ELSE "ReadRetryFirst")

AppendRetry(a) ==
    /\ pc[a] = "AppendRetry"
    /\ retryList' = Append(retryList, work[a][1])
    /\ GoTo(a, "ReadRetryFirst")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars, txLock, shmVars, spTxLock,
                   toTell, retryLock, timerSet>>

ReadRetryFirst(a) ==
    /\ pc[a] = "ReadRetryFirst"
    /\ LET first == IF retryList = <<>> THEN 0 ELSE Head(retryList)
       IN  /\ Keep(a, <<work[a][1], IsLeft(a), first>>)
           /\ GoTo(a, IF Fixed("TimerInLock") /\ first # 0 THEN "SetTimer" ELSE "UnlockRetry")
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, memVars>>

UnlockRetry(a) ==
    /\ pc[a] = "UnlockRetry"
    /\ retryLock' = 0
    /\ IF Fixed("TimerInLock") \/ ~IsToSet(a) THEN EndTeardown(a)
                                              ELSE GoTo(a, "SetTimer") /\ UNCHANGED work
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, txLock, shmVars, spTxLock,
                   toTell, retryList, timerSet>>

\* For the first on the list, whose context says when.
SetTimer(a) ==
    /\ pc[a] = "SetTimer"
    /\ timerSet' = TRUE
    /\ IF Fixed("TimerInLock") THEN GoTo(a, "UnlockRetry") /\ UNCHANGED work ELSE EndTeardown(a)
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, txLock, shmVars, spTxLock,
                   toTell, retryList, retryLock>>

PutDomainOfTeardown(a) ==
    /\ pc[a] = "PutDomainOfTeardown"
    /\ DropReference(work[a][1])
    /\ Keep(a, Nothing)
    /\ GoTo(a, BehindTeardown(a))
    /\ UNCHANGED <<call, answer, versVars, rxVars, listVars, memVars>>

--------------------------------------------------------------------------------
\* The timer: some time later, the first on the list goes on

FireTimer(a) ==
    /\ pc[a] = "idle"
    /\ timerSet
    /\ timerSet' = FALSE
    /\ GoTo(a, "LockRetryToPop")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, listVars, txLock, shmVars, spTxLock,
                   toTell, retryList, retryLock>>

LockRetryToPop(a) ==
    /\ pc[a] = "LockRetryToPop"
    /\ LockRetryTo(a, "PopRetry")

PopRetry(a) ==
    /\ pc[a] = "PopRetry"
    /\ IF retryList = <<>>
       THEN Keep(a, Nothing) /\ UNCHANGED retryList
       ELSE Keep(a, <<Head(retryList)>>) /\ retryList' = Tail(retryList)
    /\ GoTo(a, "UnlockRetryPopped")
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, txLock, shmVars, spTxLock,
                   toTell, retryLock, timerSet>>

UnlockRetryPopped(a) ==
    /\ pc[a] = "UnlockRetryPopped"
    /\ retryLock' = 0
    /\ IF work[a] = Nothing THEN GoTo(a, "idle") /\ UNCHANGED work ELSE BeginRound(a, work[a][1])
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, txLock, shmVars, spTxLock,
                   toTell, retryList, timerSet>>

--------------------------------------------------------------------------------

LifeStep(t) ==
    \/ CreateDomain(t)
    \/ TellCreated(t)
    \/ WriteToTell(t)
    \/ StartDomain(t)
    \/ PauseDomain(t)
    \/ SetDying(t)
    \/ GetDomainForTeardown(t)
    \/ TeardownReadVers(t)
    \/ LockRxToTearDown(t)
    \/ UnlockRxToWait(t)
    \/ DropDomain(t)
    \/ FreeDomain(t)

\* Of a toolstack task and the timer.
RoundStep(a) ==
    \/ ReadToTell(a)
    \/ TellDestroyed(a)
    \/ ClearToTell(a)
    \/ NextShmTorn(a)
    \/ AskReclaimTorn(a)
    \/ UnlinkShmTorn(a)
    \/ ReadShmLeft(a)
    \/ LockRetry(a)
    \/ AppendRetry(a)
    \/ ReadRetryFirst(a)
    \/ UnlockRetry(a)
    \/ SetTimer(a)
    \/ PutDomainOfTeardown(a)

TimeStep(a) ==
    \/ FireTimer(a)
    \/ LockRetryToPop(a)
    \/ PopRetry(a)
    \/ UnlockRetryPopped(a)

================================================================================
