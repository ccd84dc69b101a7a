export * from "./abi.js";
export * from "./createMediator.js";
export { endpointOfDomain, HYPERVISOR_ID, isSecure } from "./endpoint.js";
export { type Design, defaultOptions, type MediatorOptions, type Policy } from "./options.js";
export { decodeEntry, encodeEntry, type PartitionInfo } from "./partitionInfo.js";
export { SyncFault, type SyncFaultCode } from "./sync/index.js";
export { VERSION_1_0, VERSION_1_1, VERSION_1_2 } from "./version.js";
