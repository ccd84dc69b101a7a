/**
 * The actions of the model: for each the functions of src/ that yield the step of that label, and
 * the function of the C code that takes it. With the shared and the local variables this is the
 * correspondence between model, implementation and C code; the static rules check all of it.
 */

export interface ActionRow {
  /** The action of FfaMediator.tla; also the label of the step and its name in a trace. */
  readonly action: string;
  /** Where the step is yielded, each as `file in src/:function`, in the order of the files. */
  readonly code: readonly string[];
  /** The C function in which the step is taken, as Xen names it, and its file. */
  readonly c: string;
}

const CALL = "ffa_handle_call (ffa.c)";
const NEGOTIATE = "ffa_negotiate_version (ffa.c)";
const INFO = "ffa_handle_partition_info_get (ffa_partinfo.c)";
const VM_INFO = "ffa_get_vm_partinfo (ffa_partinfo.c)";
const SP_INFO = "ffa_get_sp_partinfo (ffa_partinfo.c)";
const ACQUIRE = "ffa_rx_acquire (ffa_rxtx.c)";
const RELEASE = "ffa_rx_release (ffa_rxtx.c)";
const TEARDOWN = "ffa_domain_teardown (ffa.c)";

const MAP = "ffa_handle_rxtx_map (ffa_rxtx.c)";
const UNMAP = "rxtx_unmap (ffa_rxtx.c)";
const HAND_OVER = "none: the posted code has no hand-over";
const SEND = "ffa_handle_msg_send2 (ffa_msg.c)";
const SEND_VM = "ffa_msg_send2_vm (ffa_msg.c)";
const BY_LIST = "none: the posted code looks among all domains";
const SHARE = "ffa_handle_mem_share (ffa_shm.c)";
const LINK = "ffa_handle_mem_share, ffa_handle_mem_reclaim (ffa_shm.c)";
const RECLAIM = "ffa_handle_mem_reclaim (ffa_shm.c)";
const COUNT = "inc_ctx_shm_count (ffa_shm.c)";
const UNCOUNT = "dec_ctx_shm_count (ffa_shm.c)";
const WAIT = "none: the posted teardown unmaps without a lock";
const TELL = "ffa_partinfo_domain_destroy (ffa_partinfo.c)";
const TORN = "ffa_shm_domain_destroy (ffa_shm.c)";
const CONTINUE = "ffa_domain_teardown_continue (ffa.c)";
const TIMER = "ffa_teardown_timer_callback (ffa.c)";

/** The actions that an idle actor begins a task with. */
export const BEGINNINGS = {
  vcpu: ["StartCall"],
  toolstack: ["CreateDomain", "PauseDomain", "FreeDomain"],
  timer: ["FireTimer"],
} as const;

/** In the order of the module. */
export const actions: readonly ActionRow[] = [
  { action: "StartCall", code: ["mediator.ts:vcpuCall"], c: CALL },
  { action: "ReadGuestVers", code: ["mediator.ts:handleCall"], c: CALL },
  {
    action: "ReadNegotiatedVers",
    code: ["mediator.ts:versionAfterNegotiation"],
    c: "none: the choices of Hafnium and pKVM, which Xen does not make",
  },
  { action: "ReturnFromCall", code: ["mediator.ts:vcpuCall"], c: CALL },
  { action: "LockGuestVers", code: ["negotiateVersion.ts:negotiateVersion"], c: NEGOTIATE },
  { action: "RereadGuestVers", code: ["negotiateVersion.ts:negotiateLocked"], c: NEGOTIATE },
  { action: "WriteVersTmp", code: ["negotiateVersion.ts:takeRequest"], c: NEGOTIATE },
  { action: "ReadVersTmp", code: ["negotiateVersion.ts:negotiateLocked"], c: NEGOTIATE },
  {
    action: "CloseNegotiation",
    code: ["negotiateVersion.ts:negotiateLocked"],
    c: "none: TF-A's EL3 SPMC ends negotiation so",
  },
  { action: "UnlockToReturn", code: ["negotiateVersion.ts:negotiateVersion"], c: NEGOTIATE },
  { action: "UnlockToDispatch", code: ["negotiateVersion.ts:negotiateVersion"], c: NEGOTIATE },
  { action: "PublishGuestVers", code: ["contextList.ts:publish"], c: NEGOTIATE },
  { action: "IncVmCount", code: ["contextList.ts:countUp"], c: "inc_ffa_vm_count (ffa_private.h)" },
  { action: "WriteLockList", code: ["contextList.ts:publishAndJoin"], c: NEGOTIATE },
  { action: "AppendContext", code: ["contextList.ts:publishAndJoin"], c: NEGOTIATE },
  { action: "WriteUnlockList", code: ["contextList.ts:publishAndJoin"], c: NEGOTIATE },
  { action: "ReadEntryVers", code: ["partitionInfo.ts:partitionInfoGet"], c: INFO },
  { action: "ReadFlagVers", code: ["partitionInfo.ts:partitionInfoGet"], c: INFO },
  {
    action: "ReadVmCount",
    code: ["partitionInfo.ts:countPartitions"],
    c: "get_ffa_vm_count (ffa_private.h)",
  },
  { action: "LockSpRx", code: ["partitionInfo.ts:writeSecurePartitions"], c: SP_INFO },
  { action: "WriteSpEntries", code: ["partitionInfo.ts:writeSecurePartitions"], c: SP_INFO },
  { action: "UnlockSpRx", code: ["partitionInfo.ts:writeSecurePartitions"], c: SP_INFO },
  { action: "UnlockSpRxGivenUp", code: ["partitionInfo.ts:writeSecurePartitions"], c: SP_INFO },
  {
    action: "ReadLockList",
    code: ["partitionInfo.ts:countPartitions", "partitionInfo.ts:writeVms"],
    c: VM_INFO,
  },
  { action: "NextContext", code: ["partitionInfo.ts:writeVms"], c: VM_INFO },
  { action: "WriteEntry", code: ["partitionInfo.ts:writeVms"], c: VM_INFO },
  {
    action: "ReadUnlockList",
    code: ["partitionInfo.ts:countPartitions", "partitionInfo.ts:writeVms"],
    c: VM_INFO,
  },
  { action: "ReadUnlockNoRoom", code: ["partitionInfo.ts:writeVms"], c: VM_INFO },
  { action: "UnlockRxHandedOver", code: ["rxtx.ts:handOverRx"], c: HAND_OVER },
  { action: "LockRxToAcquire", code: ["rxtx.ts:acquireRx"], c: ACQUIRE },
  { action: "ReadPagesToAcquire", code: ["rxtx.ts:acquireRx"], c: ACQUIRE },
  { action: "ReadRxToAcquire", code: ["rxtx.ts:acquireRx"], c: ACQUIRE },
  { action: "TakeRx", code: ["rxtx.ts:acquireRx"], c: ACQUIRE },
  { action: "UnlockRxTaken", code: ["rxtx.ts:acquireRx"], c: ACQUIRE },
  { action: "LockRxToHandOver", code: ["rxtx.ts:handOverRx"], c: HAND_OVER },
  { action: "HandOverRx", code: ["rxtx.ts:handOverRx"], c: HAND_OVER },
  { action: "LockRxToRelease", code: ["rxtx.ts:releaseRx"], c: RELEASE },
  { action: "ReadPagesToRelease", code: ["rxtx.ts:releaseRx"], c: RELEASE },
  { action: "ReadRxToRelease", code: ["rxtx.ts:releaseRx"], c: RELEASE },
  { action: "GiveRx", code: ["rxtx.ts:releaseRx"], c: RELEASE },
  { action: "UnlockRxGiven", code: ["rxtx.ts:releaseRx"], c: RELEASE },
  { action: "LockTxToMap", code: ["rxtx.ts:mapRx"], c: MAP },
  { action: "LockRxToMap", code: ["rxtx.ts:mapRx"], c: MAP },
  { action: "ReadPagesToMap", code: ["rxtx.ts:mapLocked"], c: MAP },
  { action: "WritePagesMapped", code: ["rxtx.ts:mapLocked"], c: MAP },
  { action: "FreeMappedRx", code: ["rxtx.ts:mapLocked"], c: MAP },
  { action: "UnlockRxMapped", code: ["rxtx.ts:mapLocked"], c: MAP },
  { action: "LockTxToUnmap", code: ["rxtx.ts:unmapRx"], c: UNMAP },
  { action: "LockRxToUnmap", code: ["rxtx.ts:unmapRx"], c: UNMAP },
  { action: "UnlockRxBusy", code: ["rxtx.ts:acquireRx"], c: ACQUIRE },
  {
    action: "UnlockRxDenied",
    code: ["rxtx.ts:refuse"],
    c: "ffa_rx_acquire, ffa_rx_release (ffa_rxtx.c)",
  },
  {
    action: "UnlockTx",
    code: [
      "message.ts:sendMessage",
      "rxtx.ts:mapRx",
      "rxtx.ts:unmapRx",
      "sharedMemory.ts:shareMemory",
    ],
    c: "ffa_handle_msg_send2 (ffa_msg.c), ffa_handle_mem_share (ffa_shm.c)",
  },
  { action: "ReadPagesToUnmap", code: ["rxtx.ts:readPages"], c: UNMAP },
  { action: "ReadRxToUnmap", code: ["rxtx.ts:unmapAtTeardown", "rxtx.ts:unmapRx"], c: UNMAP },
  { action: "WritePagesUnmapped", code: ["rxtx.ts:unmap"], c: UNMAP },
  { action: "TakeUnmappedRx", code: ["rxtx.ts:unmap"], c: UNMAP },
  { action: "UnlockRxUnmapped", code: ["rxtx.ts:unmap"], c: UNMAP },
  { action: "UnlockRxNotMapped", code: ["rxtx.ts:readPages"], c: UNMAP },
  {
    action: "TryLockTx",
    code: ["message.ts:acquireTx"],
    c: "ffa_handle_msg_send2 (ffa_msg.c), ffa_handle_mem_share (ffa_shm.c)",
  },
  {
    action: "ReadTxPages",
    code: ["message.ts:acquireTx"],
    c: "ffa_handle_mem_share (ffa_shm.c); later ffa_tx_acquire (ffa_rxtx.c)",
  },
  { action: "ReadHeader", code: ["message.ts:sendFromTx"], c: SEND },
  { action: "ReadSenderVers", code: ["message.ts:sendFromTx"], c: SEND },
  { action: "FindReceiver", code: ["message.ts:findReceiverPosted"], c: SEND_VM },
  {
    action: "ReadReceiverDying",
    code: ["message.ts:findReceiverPosted"],
    c: "rcu_lock_live_remote_domain_by_id (domain.c)",
  },
  { action: "ReadReceiverVers", code: ["message.ts:findReceiverPosted"], c: SEND_VM },
  { action: "ReadLockToFind", code: ["message.ts:findReceiver"], c: BY_LIST },
  { action: "FindListed", code: ["message.ts:findReceiver"], c: BY_LIST },
  { action: "HoldListed", code: ["message.ts:findReceiver"], c: BY_LIST },
  { action: "ReadUnlockFound", code: ["message.ts:findReceiver"], c: BY_LIST },
  { action: "ReadUnlockNotFound", code: ["message.ts:findReceiver"], c: BY_LIST },
  { action: "BeginCopy", code: ["message.ts:deliver"], c: SEND_VM },
  { action: "EndCopy", code: ["message.ts:deliver"], c: SEND_VM },
  {
    action: "RaiseBufferFull",
    code: ["message.ts:raiseBufferFull"],
    c: "ffa_raise_rx_buffer_full (ffa_notif.c)",
  },
  { action: "LetGoReceiver", code: ["message.ts:sendFromTx"], c: SEND_VM },
  { action: "ReadShareVers", code: ["sharedMemory.ts:shareFromTx"], c: SHARE },
  {
    action: "ReadDescriptor",
    code: ["sharedMemory.ts:shareFromTx"],
    c: "read_mem_transaction (ffa_shm.c)",
  },
  { action: "LockShmToCount", code: ["sharedMemory.ts:countShm"], c: COUNT },
  { action: "ReadShmCount", code: ["sharedMemory.ts:countShm"], c: COUNT },
  { action: "GetDomainForShm", code: ["sharedMemory.ts:countShm"], c: COUNT },
  { action: "IncShmCount", code: ["sharedMemory.ts:countShm"], c: COUNT },
  { action: "UnlockShmCounted", code: ["sharedMemory.ts:countShm"], c: COUNT },
  { action: "UnlockShmFull", code: ["sharedMemory.ts:countShm"], c: COUNT },
  { action: "LockSpTx", code: ["sharedMemory.ts:shareFromTx"], c: SHARE },
  { action: "AskShare", code: ["sharedMemory.ts:shareFromTx"], c: "share_shm (ffa_shm.c)" },
  { action: "UnlockSpTx", code: ["sharedMemory.ts:shareFromTx"], c: SHARE },
  { action: "LockShmToLink", code: ["sharedMemory.ts:linkShm"], c: LINK },
  { action: "LinkShm", code: ["sharedMemory.ts:linkShm"], c: LINK },
  { action: "UnlockShmLinked", code: ["sharedMemory.ts:linkShm"], c: LINK },
  { action: "LockShmToUnlink", code: ["sharedMemory.ts:reclaimMemory"], c: RECLAIM },
  { action: "FindShm", code: ["sharedMemory.ts:reclaimMemory"], c: "find_shm_mem (ffa_shm.c)" },
  { action: "UnlinkShm", code: ["sharedMemory.ts:reclaimMemory"], c: RECLAIM },
  { action: "UnlockShmUnlinked", code: ["sharedMemory.ts:reclaimMemory"], c: RECLAIM },
  { action: "UnlockShmNotFound", code: ["sharedMemory.ts:reclaimMemory"], c: RECLAIM },
  { action: "AskReclaim", code: ["sharedMemory.ts:reclaimMemory"], c: RECLAIM },
  { action: "LockShmToUncount", code: ["sharedMemory.ts:uncountShm"], c: UNCOUNT },
  { action: "DecShmCount", code: ["sharedMemory.ts:uncountShm"], c: UNCOUNT },
  { action: "UnlockShmUncounted", code: ["sharedMemory.ts:uncountShm"], c: UNCOUNT },
  { action: "PutDomainOfShm", code: ["sharedMemory.ts:uncountShm"], c: UNCOUNT },
  {
    action: "CreateDomain",
    code: ["domainTeardown.ts:createDomain"],
    c: "ffa_domain_init (ffa.c)",
  },
  {
    action: "TellCreated",
    code: ["subscribers.ts:tellCreated"],
    c: "ffa_partinfo_domain_init (ffa_partinfo.c)",
  },
  {
    action: "WriteToTell",
    code: ["subscribers.ts:tellCreated"],
    c: "vm_destroy_bitmap_init (ffa_partinfo.c)",
  },
  {
    action: "StartDomain",
    code: ["domainTeardown.ts:createDomain"],
    c: "domain_create (domain.c)",
  },
  {
    action: "PauseDomain",
    code: ["domainTeardown.ts:destroyDomain"],
    c: "domain_pause (domain.c)",
  },
  { action: "SetDying", code: ["domainTeardown.ts:destroyDomain"], c: "domain_kill (domain.c)" },
  {
    action: "GetDomainForTeardown",
    code: ["domainTeardown.ts:domainTeardown"],
    c: "none: the posted teardown takes no reference",
  },
  { action: "TeardownReadVers", code: ["domainTeardown.ts:domainTeardown"], c: TEARDOWN },
  { action: "LockRxToTearDown", code: ["rxtx.ts:unmapAtTeardown"], c: WAIT },
  { action: "UnlockRxToWait", code: ["rxtx.ts:unmapAtTeardown"], c: WAIT },
  {
    action: "DropDomain",
    code: ["domainTeardown.ts:createDomain", "domainTeardown.ts:destroyDomain"],
    c: "put_domain (sched.h)",
  },
  {
    action: "FreeDomain",
    code: ["domainTeardown.ts:freeDomain"],
    c: "ffa_free_domain_ctx (ffa.c)",
  },
  {
    action: "DecVmCount",
    code: ["contextList.ts:countDown"],
    c: "dec_ffa_vm_count (ffa_private.h)",
  },
  { action: "TeardownLockList", code: ["contextList.ts:leave"], c: TEARDOWN },
  { action: "UnlinkContext", code: ["contextList.ts:leave"], c: TEARDOWN },
  { action: "TeardownUnlockList", code: ["contextList.ts:leave"], c: TEARDOWN },
  { action: "ReadToTell", code: ["subscribers.ts:tellDestroyed"], c: TELL },
  { action: "TellDestroyed", code: ["subscribers.ts:tellDestroyed"], c: TELL },
  { action: "ClearToTell", code: ["subscribers.ts:tellDestroyed"], c: TELL },
  { action: "NextShmTorn", code: ["teardownRound.ts:reclaimAll"], c: TORN },
  { action: "AskReclaimTorn", code: ["teardownRound.ts:reclaimAll"], c: TORN },
  { action: "UnlinkShmTorn", code: ["teardownRound.ts:reclaimAll"], c: TORN },
  { action: "ReadShmLeft", code: ["teardownRound.ts:round"], c: TORN },
  { action: "LockRetry", code: ["teardownRound.ts:lookAtRetryList"], c: CONTINUE },
  { action: "AppendRetry", code: ["teardownRound.ts:lookAtRetryList"], c: CONTINUE },
  { action: "ReadRetryFirst", code: ["teardownRound.ts:lookAtRetryList"], c: CONTINUE },
  { action: "UnlockRetry", code: ["teardownRound.ts:lookAtRetryList"], c: CONTINUE },
  { action: "SetTimer", code: ["teardownRound.ts:lookAtRetryList"], c: CONTINUE },
  {
    action: "PutDomainOfTeardown",
    code: ["teardownRound.ts:endTeardown"],
    c: "none: the posted teardown takes no reference",
  },
  { action: "FireTimer", code: ["teardownRound.ts:teardownTimer"], c: TIMER },
  { action: "LockRetryToPop", code: ["teardownRound.ts:teardownTimer"], c: TIMER },
  { action: "PopRetry", code: ["teardownRound.ts:teardownTimer"], c: TIMER },
  { action: "UnlockRetryPopped", code: ["teardownRound.ts:teardownTimer"], c: TIMER },
];
