/**
 * What a listing leaves in the caller's RX buffer, byte for byte. The bytes are put together here
 * once more, from the format alone, so that a mistake of the code's own encoding shows.
 */

import type { MediatorState } from "../../src/context.js";
import type { PartitionInfo } from "../../src/partitionEntry.js";
import type { Layout } from "../../src/sync/index.js";
import type { TakenStep } from "../engine/explorable.js";

/** Bits 1, 2, 3 and 8 of a VM's properties; the last is AArch64. */
const VM_PROPERTIES = 0x10e;

/**
 * The endpoint IDs of the VMs that a task has listed for its caller.
 *
 * @param byUuid Whether the caller asked for the UUID that the first SP of a model has.
 * @returns null when a byte is not what the entries of the SPs and of these VMs should be, or when
 *   the task has written anywhere but into its caller's RX buffer.
 */
export function listedIds(
  state: MediatorState,
  steps: readonly TakenStep[],
  count: number,
  size: number,
  byUuid: boolean,
): readonly number[] | null {
  const rx = writtenBytes(state, steps);
  if (rx === null || size === 0 || rx.length !== count * size) return null;
  const idAt = (i: number): number => rx[i * size] + 256 * rx[i * size + 1];
  const all = state.options.securePartitions;
  const sps = byUuid ? [{ ...all[0], uuid: [0, 0, 0, 0] as const }] : all;
  const ids = Array.from({ length: count - sps.length }, (_, i) => idAt(sps.length + i));
  const vms = ids.map((id): PartitionInfo => {
    const executionContexts = state.contexts[id - 1]?.vcpus ?? -1;
    return { id, executionContexts, properties: VM_PROPERTIES };
  });
  const expected = [...sps, ...vms].flatMap((info) => entryBytes(info, size));
  return expected.every((byte, i) => byte === rx[i]) ? ids : null;
}

/** u16 ID, u16 execution contexts, u32 properties, and from 1.1 on a UUID; little-endian. */
function entryBytes(info: PartitionInfo, size: number): number[] {
  const { id, executionContexts, uuid = [0, 0, 0, 0] } = info;
  // FF-A 1.0 knows bits 2..0.
  const properties = size === 8 ? info.properties % 8 : info.properties;
  const halves = [id, executionContexts].flatMap((half) => [half, half >>> 8]);
  const words = [properties, ...uuid].flatMap((word) => [0, 8, 16, 24].map((at) => word >>> at));
  return [...halves, ...words].slice(0, size).map((byte) => byte & 0xff);
}

/** RX from its start to the last byte written; null when something else was written. */
function writtenBytes(state: MediatorState, steps: readonly TakenStep[]): Uint8Array | null {
  const writes = steps.map(({ operation }) => operation).filter((op) => op.kind === "writeBuffer");
  const own = state.contexts[callerOf(state.layout, steps)].rx.index;
  if (writes.some(({ at }) => at !== own)) return null;
  const end = Math.max(0, ...writes.map((op) => op.operand + (op.bytes?.length ?? 0)));
  const bytes = new Uint8Array(end);
  for (const op of writes) bytes.set(op.bytes ?? [], op.operand);
  return bytes;
}

/** The domain whose vCPU makes the call: its first step enters the hypervisor from there. */
const callerOf = (layout: Layout, steps: readonly TakenStep[]): number =>
  layout.locations[steps[0].operation.at].owner;
