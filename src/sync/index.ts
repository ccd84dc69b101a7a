export * from "./execute.js";
export * from "./fault.js";
export * from "./guestPages.js";
export * from "./layout.js";
export * from "./memory.js";
export * from "./operation.js";
export * from "./primitives.js";
