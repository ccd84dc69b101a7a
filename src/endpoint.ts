/** Endpoint IDs. Source: DEN0077A, "Partition identification"; C: `ffa_get_vm_id`. */

/** The hypervisor's own endpoint ID. */
export const HYPERVISOR_ID = 0;

/** The endpoint ID of a domain: its domain ID + 1, since 0 is taken. */
export const endpointOfDomain = (domainId: number): number => domainId + 1;

/** The domain of an endpoint ID; 0 or less for the hypervisor's own. */
export const domainOfEndpoint = (endpointId: number): number => endpointId - 1;

/** Secure partitions have bit 15 set. */
export const isSecure = (endpointId: number): boolean => (endpointId & 0x8000) !== 0;
