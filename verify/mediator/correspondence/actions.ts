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

const JOIN = ["contextList.ts:publishAndJoin"];
const MAP = "ffa_handle_rxtx_map (ffa_rxtx.c)";
const UNMAP = "rxtx_unmap (ffa_rxtx.c)";
const HAND_OVER = "none: the posted code has no hand-over";

/** In the order of the module. */
export const actions: readonly ActionRow[] = [
  { action: "StartCall", code: ["mediator.ts:vcpuCall"], c: CALL },
  { action: "ReadGuestVers", code: ["mediator.ts:handleCall"], c: CALL },
  { action: "LockGuestVers", code: ["negotiateVersion.ts:negotiateVersion"], c: NEGOTIATE },
  { action: "RereadGuestVers", code: ["negotiateVersion.ts:negotiateLocked"], c: NEGOTIATE },
  { action: "WriteVersTmp", code: ["negotiateVersion.ts:takeRequest"], c: NEGOTIATE },
  {
    action: "CloseNegotiation",
    code: ["negotiateVersion.ts:negotiateLocked"],
    c: "none: TF-A's EL3 SPMC ends negotiation so",
  },
  { action: "ReadVersTmp", code: ["negotiateVersion.ts:negotiateLocked"], c: NEGOTIATE },
  { action: "PublishGuestVers", code: ["contextList.ts:publish"], c: NEGOTIATE },
  { action: "IncVmCount", code: ["contextList.ts:countUp"], c: "inc_ffa_vm_count (ffa_private.h)" },
  { action: "WriteLockList", code: JOIN, c: NEGOTIATE },
  { action: "AppendContext", code: JOIN, c: NEGOTIATE },
  { action: "WriteUnlockList", code: JOIN, c: NEGOTIATE },
  { action: "UnlockToReturn", code: ["negotiateVersion.ts:negotiateVersion"], c: NEGOTIATE },
  { action: "UnlockToDispatch", code: ["negotiateVersion.ts:negotiateVersion"], c: NEGOTIATE },
  {
    action: "ReadNegotiatedVers",
    code: ["mediator.ts:versionAfterNegotiation"],
    c: "none: the choices of Hafnium and pKVM, which Xen does not make",
  },
  { action: "ReadEntryVers", code: ["partitionInfo.ts:partitionInfoGet"], c: INFO },
  { action: "ReadFlagVers", code: ["partitionInfo.ts:partitionInfoGet"], c: INFO },
  {
    action: "ReadVmCount",
    code: ["partitionInfo.ts:countPartitions"],
    c: "get_ffa_vm_count (ffa_private.h)",
  },
  { action: "LockRxToAcquire", code: ["rxtx.ts:acquireRx"], c: ACQUIRE },
  { action: "ReadPagesToAcquire", code: ["rxtx.ts:acquireRx"], c: ACQUIRE },
  { action: "ReadRxToAcquire", code: ["rxtx.ts:acquireRx"], c: ACQUIRE },
  { action: "TakeRx", code: ["rxtx.ts:acquireRx"], c: ACQUIRE },
  { action: "UnlockRxBusy", code: ["rxtx.ts:acquireRx"], c: ACQUIRE },
  { action: "UnlockRxTaken", code: ["rxtx.ts:acquireRx"], c: ACQUIRE },
  { action: "LockRxToHandOver", code: ["rxtx.ts:handOverRx"], c: HAND_OVER },
  { action: "HandOverRx", code: ["rxtx.ts:handOverRx"], c: HAND_OVER },
  { action: "UnlockRxHandedOver", code: ["rxtx.ts:handOverRx"], c: HAND_OVER },
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
  { action: "LockRxToRelease", code: ["rxtx.ts:releaseRx"], c: RELEASE },
  { action: "ReadPagesToRelease", code: ["rxtx.ts:releaseRx"], c: RELEASE },
  { action: "ReadRxToRelease", code: ["rxtx.ts:releaseRx"], c: RELEASE },
  { action: "GiveRx", code: ["rxtx.ts:releaseRx"], c: RELEASE },
  { action: "UnlockRxGiven", code: ["rxtx.ts:releaseRx"], c: RELEASE },
  { action: "LockRxToMap", code: ["rxtx.ts:mapRx"], c: MAP },
  { action: "ReadPagesToMap", code: ["rxtx.ts:mapRx", "rxtx.ts:mapRxPosted"], c: MAP },
  { action: "WritePagesMapped", code: ["rxtx.ts:mapRx", "rxtx.ts:mapRxPosted"], c: MAP },
  { action: "FreeMappedRx", code: ["rxtx.ts:mapRx", "rxtx.ts:mapRxPosted"], c: MAP },
  { action: "UnlockRxMapped", code: ["rxtx.ts:mapRx"], c: MAP },
  { action: "LockRxToUnmap", code: ["rxtx.ts:unmapRx"], c: UNMAP },
  { action: "ReadPagesToUnmap", code: ["rxtx.ts:unmapRx", "rxtx.ts:unmapRxPosted"], c: UNMAP },
  { action: "ReadRxToUnmap", code: ["rxtx.ts:unmapRx"], c: UNMAP },
  { action: "WritePagesUnmapped", code: ["rxtx.ts:unmapRx", "rxtx.ts:unmapRxPosted"], c: UNMAP },
  { action: "TakeUnmappedRx", code: ["rxtx.ts:unmapRx", "rxtx.ts:unmapRxPosted"], c: UNMAP },
  { action: "UnlockRxUnmapped", code: ["rxtx.ts:unmapRx"], c: UNMAP },
  { action: "UnlockRxNotMapped", code: ["rxtx.ts:unmapRx"], c: UNMAP },
  {
    action: "UnlockRxDenied",
    code: ["rxtx.ts:refuse"],
    c: "ffa_rx_acquire, ffa_rx_release (ffa_rxtx.c)",
  },
  { action: "ReturnFromCall", code: ["mediator.ts:vcpuCall"], c: CALL },
  {
    action: "CreateDomain",
    code: ["domainTeardown.ts:createDomain"],
    c: "ffa_domain_init (ffa.c)",
  },
  {
    action: "PauseDomain",
    code: ["domainTeardown.ts:destroyDomain"],
    c: "domain_pause (domain.c)",
  },
  { action: "SetDying", code: ["domainTeardown.ts:destroyDomain"], c: "domain_kill (domain.c)" },
  { action: "TeardownReadVers", code: ["domainTeardown.ts:domainTeardown"], c: TEARDOWN },
  {
    action: "DecVmCount",
    code: ["contextList.ts:countDown"],
    c: "dec_ffa_vm_count (ffa_private.h)",
  },
  { action: "TeardownLockList", code: ["contextList.ts:leave"], c: TEARDOWN },
  { action: "UnlinkContext", code: ["contextList.ts:leave"], c: TEARDOWN },
  { action: "TeardownUnlockList", code: ["contextList.ts:leave"], c: TEARDOWN },
  { action: "DropDomain", code: ["domainTeardown.ts:destroyDomain"], c: "put_domain (sched.h)" },
];
