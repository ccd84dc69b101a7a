export * from "./abi.js";
export { CHOICES, type Choices } from "./choices.js";
export * from "./createMediator.js";
export { endpointOfDomain, HYPERVISOR_ID, isSecure } from "./endpoint.js";
export { type Design, designs, FIX_MEANINGS, FIXES, type Fix } from "./fixes.js";
export type { GuestRegisters } from "./guestRegisters.js";
export { defaultOptions, type MediatorOptions } from "./options.js";
export {
  decodeEntry,
  encodeEntry,
  NIL_UUID,
  type PartitionInfo,
  type Uuid,
} from "./partitionEntry.js";
export type { PendingCall } from "./pendingCall.js";
export { type Preset, type PresetName, presets } from "./presets.js";
export { SyncFault, type SyncFaultCode } from "./sync/index.js";
export { UsageError, type UsageErrorCode } from "./usageError.js";
export { VERSION_1_0, VERSION_1_1, VERSION_1_2 } from "./versionWord.js";
