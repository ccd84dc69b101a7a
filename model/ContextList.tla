------------------------------ MODULE ContextList ------------------------------
(******************************************************************************)
(* Joining and leaving the list of VMs and its count, which say the same      *)
(* thing twice.  (src: contextList.ts)                                        *)
(******************************************************************************)
EXTENDS Mediator

JoinLabels  == { "PublishGuestVers", "IncVmCount", "WriteLockList", "AppendContext",
                 "WriteUnlockList" }
LeaveLabels == { "DecVmCount", "TeardownLockList", "UnlinkContext", "TeardownUnlockList" }

\* The member of the list behind d; the first one for d = 0; 0 behind the last.
Behind(d) ==
    LET at == IF d = 0 THEN 0 ELSE CHOOSE i \in 1..Len(ctxList) : ctxList[i] = d
    IN  IF at = Len(ctxList) THEN 0 ELSE ctxList[at + 1]

Listed(d) == \E i \in 1..Len(ctxList) : ctxList[i] = d

\* The order of joining: publish, count, lock, append; a fix moves the first behind the append, the
\* other the count into the lock.
FirstOfCounting  == IF Fixed("CountInWriteLock") THEN "WriteLockList" ELSE "IncVmCount"
FirstOfJoining   == IF VmToVm /\ Fixed("PublishLast") THEN FirstOfCounting ELSE "PublishGuestVers"
FirstOfUnmapping == IF Fixed("UnmapInRxLock") THEN "LockRxToTearDown" ELSE "ReadPagesToUnmap"
FirstOfLeaving   == IF Fixed("CountInWriteLock") THEN "TeardownLockList" ELSE "DecVmCount"

\* A call that is not FFA_VERSION goes on to dispatch; FFA_VERSION has been handled.
BehindJoining(v) == IF Function(v) = "VERSION" THEN "UnlockToReturn" ELSE "UnlockToDispatch"

\* What is left of a teardown of d then: to tell the SPs, and to reclaim the memory that they have.
BeginRound(a, d) ==
    IF Subscribers > 0 THEN GoTo(a, "ReadToTell") /\ Keep(a, <<d>>)
                       ELSE GoTo(a, "NextShmTorn") /\ Keep(a, <<d, FALSE, 0>>)

--------------------------------------------------------------------------------
\* Joining, by the vCPU whose call ends negotiation

\* The one store to guest_vers.  Posted: before the VM is counted and listed.  PublishLast: after
\* it, so that whoever sees a version finds the VM counted and listed.  Where negotiation never ends
\* there are later stores, behind work of two elements; they join nothing.
PublishGuestVers(v) ==
    /\ pc[v] = "PublishGuestVers"
    /\ guestVers' = [guestVers EXCEPT ![DomainOf[v]] = work[v][1]]
    /\ work' = [work EXCEPT ![v] = Nothing]
    /\ GoTo(v, CASE ~VmToVm              -> BehindJoining(v)
                 [] Len(work[v]) = 2     -> BehindJoining(v)
                 [] Fixed("PublishLast") -> "WriteUnlockList"
                 [] OTHER                -> FirstOfCounting)
    /\ UNCHANGED <<call, answer, lifeVars, versTmp, versLock, rxVars, listVars, memVars>>

IncVmCount(v) ==
    /\ pc[v] = "IncVmCount"
    /\ vmCount' = vmCount + 1
    /\ GoTo(v, IF Fixed("CountInWriteLock") THEN "AppendContext" ELSE "WriteLockList")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, ctxList, listWriter, listReaders, memVars>>

WriteLockList(v) ==
    /\ pc[v] = "WriteLockList"
    /\ listWriter = 0 /\ listReaders = {}
    /\ listWriter' = v
    /\ GoTo(v, IF Fixed("CountInWriteLock") THEN "IncVmCount" ELSE "AppendContext")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, ctxList, listReaders, memVars>>

AppendContext(v) ==
    /\ pc[v] = "AppendContext"
    /\ ctxList' = Append(ctxList, DomainOf[v])
    /\ GoTo(v, IF Fixed("PublishLast") THEN "PublishGuestVers" ELSE "WriteUnlockList")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, listWriter, listReaders, memVars>>

WriteUnlockList(v) ==
    /\ pc[v] = "WriteUnlockList"
    /\ listWriter' = 0
    /\ GoTo(v, BehindJoining(v))
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, ctxList, listReaders, memVars>>

--------------------------------------------------------------------------------
\* Leaving, by the toolstack task that tears the domain down

DecVmCount(t) ==
    /\ pc[t] = "DecVmCount"
    /\ vmCount' = vmCount - 1
    /\ GoTo(t, IF Fixed("CountInWriteLock") THEN "UnlinkContext" ELSE "TeardownLockList")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, ctxList, listWriter, listReaders, memVars>>

TeardownLockList(t) ==
    /\ pc[t] = "TeardownLockList"
    /\ listWriter = 0 /\ listReaders = {}
    /\ listWriter' = t
    /\ GoTo(t, IF Fixed("CountInWriteLock") THEN "DecVmCount" ELSE "UnlinkContext")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, ctxList, listReaders, memVars>>

UnlinkContext(t) ==
    /\ pc[t] = "UnlinkContext"
    /\ LET other(d) == d # DomainOf[t]
       IN  ctxList' = SelectSeq(ctxList, other)
    /\ GoTo(t, "TeardownUnlockList")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, listWriter, listReaders, memVars>>

TeardownUnlockList(t) ==
    /\ pc[t] = "TeardownUnlockList"
    /\ listWriter' = 0
    /\ GoTo(t, FirstOfUnmapping)
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, ctxList, listReaders, memVars>>

--------------------------------------------------------------------------------

JoinStep(v) ==
    \/ PublishGuestVers(v)
    \/ IncVmCount(v)
    \/ WriteLockList(v)
    \/ AppendContext(v)
    \/ WriteUnlockList(v)

LeaveStep(t) ==
    \/ DecVmCount(t)
    \/ TeardownLockList(t)
    \/ UnlinkContext(t)
    \/ TeardownUnlockList(t)

================================================================================
