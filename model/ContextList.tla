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
FirstOfLeaving   == IF Fixed("CountInWriteLock") THEN "TeardownLockList" ELSE "DecVmCount"

\* A call that is not FFA_VERSION goes on to dispatch; FFA_VERSION has been handled.
BehindJoining(v) == IF Function(v) = "VERSION" THEN "UnlockToReturn" ELSE "UnlockToDispatch"

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
    /\ UNCHANGED <<call, answer, lifeVars, versTmp, versLock, rxVars, listVars>>

IncVmCount(v) ==
    /\ pc[v] = "IncVmCount"
    /\ vmCount' = vmCount + 1
    /\ GoTo(v, IF Fixed("CountInWriteLock") THEN "AppendContext" ELSE "WriteLockList")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, ctxList, listWriter, listReaders>>

WriteLockList(v) ==
    /\ pc[v] = "WriteLockList"
    /\ listWriter = 0 /\ listReaders = {}
    /\ listWriter' = v
    /\ GoTo(v, IF Fixed("CountInWriteLock") THEN "IncVmCount" ELSE "AppendContext")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, ctxList, listReaders>>

AppendContext(v) ==
    /\ pc[v] = "AppendContext"
    /\ ctxList' = Append(ctxList, DomainOf[v])
    /\ GoTo(v, IF Fixed("PublishLast") THEN "PublishGuestVers" ELSE "WriteUnlockList")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, listWriter, listReaders>>

WriteUnlockList(v) ==
    /\ pc[v] = "WriteUnlockList"
    /\ listWriter' = 0
    /\ GoTo(v, BehindJoining(v))
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, ctxList, listReaders>>

--------------------------------------------------------------------------------
\* Leaving, by the toolstack task that tears the domain down

DecVmCount(t) ==
    /\ pc[t] = "DecVmCount"
    /\ vmCount' = vmCount - 1
    /\ GoTo(t, IF Fixed("CountInWriteLock") THEN "UnlinkContext" ELSE "TeardownLockList")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, ctxList, listWriter, listReaders>>

TeardownLockList(t) ==
    /\ pc[t] = "TeardownLockList"
    /\ listWriter = 0 /\ listReaders = {}
    /\ listWriter' = t
    /\ GoTo(t, IF Fixed("CountInWriteLock") THEN "DecVmCount" ELSE "UnlinkContext")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, ctxList, listReaders>>

UnlinkContext(t) ==
    /\ pc[t] = "UnlinkContext"
    /\ LET other(d) == d # DomainOf[t]
       IN  ctxList' = SelectSeq(ctxList, other)
    /\ GoTo(t, "TeardownUnlockList")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, listWriter, listReaders>>

TeardownUnlockList(t) ==
    /\ pc[t] = "TeardownUnlockList"
    /\ listWriter' = 0
    /\ GoTo(t, "DropDomain")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, ctxList, listReaders>>

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
