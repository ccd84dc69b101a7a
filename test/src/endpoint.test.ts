/** src/endpoint.ts: endpoint IDs (DEN0077A, partition identification). */
import { expect, test } from "vitest";
import { endpointOfDomain, HYPERVISOR_ID, isSecure } from "../../src/endpoint.js";

test("0 is the hypervisor's, so a domain has its own ID + 1", () => {
  expect(HYPERVISOR_ID).toBe(0);
  expect([0, 1, 7].map(endpointOfDomain)).toEqual([1, 2, 8]);
});

test("secure partitions have bit 15 set, and no VM has", () => {
  expect(isSecure(0x8000)).toBe(true);
  expect(isSecure(0xffff)).toBe(true);
  expect(isSecure(0x7fff)).toBe(false);
  expect(isSecure(endpointOfDomain(30))).toBe(false);
});
