-------------------------------- MODULE Message --------------------------------
(******************************************************************************)
(* FFA_MSG_SEND2 between VMs: a message from the caller's TX buffer into the  *)
(* receiver's RX buffer.  (src: message.ts)                                   *)
(*                                                                            *)
(* Posted: the receiver is any live domain with a version, and is looked at   *)
(* again after it was let go of.                                              *)
(******************************************************************************)
EXTENDS Rxtx

TxLabels     == { "TryLockTx", "ReadTxPages" }
LookUpLabels == { "FindReceiver", "ReadReceiverDying", "ReadReceiverVers", "ReadLockToFind",
                  "FindListed", "HoldListed", "ReadUnlockFound", "ReadUnlockNotFound" }
CopyLabels   == { "BeginCopy", "EndCopy" }
MessageLabels ==
    TxLabels \cup LookUpLabels \cup CopyLabels \cup
        { "ReadHeader", "ReadSenderVers", "RaiseBufferFull", "LetGoReceiver" }

FirstOfLookUp == IF Fixed("SendToListed") THEN "ReadLockToFind" ELSE "FindReceiver"
BehindHeader  == IF MyVersion >= 102 THEN "ReadSenderVers" ELSE FirstOfLookUp
BehindCopy    == IF Fixed("RaiseWhileHeld") THEN "RaiseBufferFull" ELSE "LetGoReceiver"

\* Nothing of what is shared changes.
LookUp(v) == UNCHANGED <<call, answer, lifeVars, versVars, rxVars, listVars, memVars>>

\* There is no such receiver; nobody has been found who would have to be let go of.
NoReceiver(v) == GoTo(v, "UnlockTx") /\ Keep(v, <<work[v][1], INVALID_PARAMETERS>>)

--------------------------------------------------------------------------------
\* The caller's TX, for SEND2 and for MEM_SHARE

TryLockTx(v) ==
    /\ pc[v] = "TryLockTx"
    /\ IF txLock[DomainOf[v]] # 0
       THEN Answer(v, Error(BUSY)) /\ UNCHANGED txLock
       ELSE /\ txLock' = [txLock EXCEPT ![DomainOf[v]] = v]
            /\ GoTo(v, IF IsSend(v) /\ ~Fixed("TxIsMapped") THEN "ReadHeader" ELSE "ReadTxPages")
            /\ UNCHANGED <<work, answer>>
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars, shmVars, spTxLock, toTell,
                   retryVars>>

ReadTxPages(v) ==
    /\ pc[v] = "ReadTxPages"
    /\ CASE ~rxMapped[DomainOf[v]] -> GoTo(v, "UnlockTx") /\ Keep(v, <<0, DENIED>>)
         [] IsSend(v)              -> GoTo(v, "ReadHeader") /\ UNCHANGED work
         [] OTHER                  -> GoTo(v, "ReadShareVers") /\ UNCHANGED work
    /\ LookUp(v)

--------------------------------------------------------------------------------

\* The header is read once.  A message is from its sender, to somebody else, and of a size.
ReadHeader(v) ==
    /\ pc[v] = "ReadHeader"
    /\ \E read \in TxContents :
        IF VmToVm /\ read % 10 \in Domains \ {DomainOf[v]}
        THEN GoTo(v, BehindHeader) /\ Keep(v, <<read>>)
        ELSE GoTo(v, "UnlockTx") /\ Keep(v, <<0, INVALID_PARAMETERS>>)
    /\ LookUp(v)

\* The header is longer since 1.2.
ReadSenderVers(v) ==
    /\ pc[v] = "ReadSenderVers"
    /\ GoTo(v, FirstOfLookUp) /\ UNCHANGED work
    /\ LookUp(v)

\* Posted: the receiver is found among all domains, and held.
FindReceiver(v) ==
    /\ pc[v] = "FindReceiver"
    /\ IF life[Receiver(v)] \in {"running", "paused"}
       THEN /\ held' = [held EXCEPT ![Receiver(v)] = @ \cup {v}]
            /\ GoTo(v, "ReadReceiverDying") /\ UNCHANGED work
       ELSE NoReceiver(v) /\ UNCHANGED held
    /\ UNCHANGED <<call, answer, life, isDying, refs, versVars, rxVars, listVars, memVars>>

ReadReceiverDying(v) ==
    /\ pc[v] = "ReadReceiverDying"
    /\ IF isDying[Receiver(v)] THEN GiveUpSending(v, INVALID_PARAMETERS)
                               ELSE GoTo(v, "ReadReceiverVers") /\ UNCHANGED <<work, answer>>
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars, memVars>>

ReadReceiverVers(v) ==
    /\ pc[v] = "ReadReceiverVers"
    /\ IF guestVers[Receiver(v)] \in {NoVersion, Closed}
       THEN GiveUpSending(v, INVALID_PARAMETERS)
       ELSE GoTo(v, "LockRxToAcquire") /\ UNCHANGED <<work, answer>>
    /\ UNCHANGED <<call, lifeVars, versVars, rxVars, listVars, memVars>>

\* SendToListed: the receiver is found on the list of VMs, and held.
ReadLockToFind(v) ==
    /\ pc[v] = "ReadLockToFind"
    /\ listWriter = 0
    /\ listReaders' = listReaders \cup {v}
    /\ GoTo(v, "FindListed")
    /\ UNCHANGED <<taskVars, lifeVars, versVars, rxVars, vmCount, ctxList, listWriter, memVars>>

FindListed(v) ==
    /\ pc[v] = "FindListed"
    /\ GoTo(v, IF Listed(Receiver(v)) THEN "HoldListed" ELSE "ReadUnlockNotFound")
    /\ UNCHANGED work
    /\ LookUp(v)

HoldListed(v) ==
    /\ pc[v] = "HoldListed"
    /\ held' = [held EXCEPT ![Receiver(v)] = @ \cup {v}]
    /\ GoTo(v, "ReadUnlockFound")
    /\ UNCHANGED <<taskVars, life, isDying, refs, versVars, rxVars, listVars, memVars>>

ReadUnlockToFind(v) ==
    /\ listReaders' = listReaders \ {v}
    /\ UNCHANGED <<call, answer, lifeVars, versVars, rxVars, vmCount, ctxList, listWriter, memVars>>

ReadUnlockFound(v) ==
    /\ pc[v] = "ReadUnlockFound"
    /\ GoTo(v, "LockRxToAcquire") /\ UNCHANGED work
    /\ ReadUnlockToFind(v)

ReadUnlockNotFound(v) ==
    /\ pc[v] = "ReadUnlockNotFound"
    /\ NoReceiver(v)
    /\ ReadUnlockToFind(v)

--------------------------------------------------------------------------------
\* The copy, with no lock of the receiver held: its header, and then what it says

BeginCopy(v) ==
    /\ pc[v] = "BeginCopy"
    /\ GoTo(v, "EndCopy") /\ UNCHANGED work
    /\ LookUp(v)

EndCopy(v) ==
    /\ pc[v] = "EndCopy"
    /\ Keep(v, <<work[v][1], OK>>)
    /\ GoTo(v, IF Fixed("FillerOwnsRx") THEN "LockRxToHandOver" ELSE BehindCopy)
    /\ LookUp(v)

\* The receiver gets an interrupt.
RaiseBufferFull(v) ==
    /\ pc[v] = "RaiseBufferFull"
    /\ GoTo(v, IF Fixed("RaiseWhileHeld") THEN "LetGoReceiver" ELSE "UnlockTx") /\ UNCHANGED work
    /\ LookUp(v)

LetGoReceiver(v) ==
    /\ pc[v] = "LetGoReceiver"
    /\ held' = [held EXCEPT ![Receiver(v)] = @ \ {v}]
    /\ GoTo(v, IF work[v][2] = OK /\ ~Fixed("RaiseWhileHeld") THEN "RaiseBufferFull"
                                                             ELSE "UnlockTx")
    /\ UNCHANGED <<taskVars, life, isDying, refs, versVars, rxVars, listVars, memVars>>

--------------------------------------------------------------------------------

MessageStep(v) ==
    \/ TryLockTx(v)
    \/ ReadTxPages(v)
    \/ ReadHeader(v)
    \/ ReadSenderVers(v)
    \/ FindReceiver(v)
    \/ ReadReceiverDying(v)
    \/ ReadReceiverVers(v)
    \/ ReadLockToFind(v)
    \/ FindListed(v)
    \/ HoldListed(v)
    \/ ReadUnlockFound(v)
    \/ ReadUnlockNotFound(v)
    \/ BeginCopy(v)
    \/ EndCopy(v)
    \/ RaiseBufferFull(v)
    \/ LetGoReceiver(v)

================================================================================
