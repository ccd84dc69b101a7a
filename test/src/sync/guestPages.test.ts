/** src/sync/guestPages.ts: what was copied of a page stays, whatever its guest writes then. */
import { expect, test } from "vitest";
import {
  CopiedPages,
  copyFromGuest,
  Layout,
  type Protocol,
  SharedMemory,
} from "../../../src/sync/index.js";

const layout = new Layout(1);
const page = layout.guestPage("tx", 1, 1, 3);
const other = layout.guestPage("tx", 2, 1, 2);

test("each copy has a number and the bytes of its moment, until they are forgotten", () => {
  const pages = new CopiedPages();
  const bytes = Uint8Array.of(1, 2);
  const first = pages.take(bytes);
  bytes[0] = 9;
  const second = pages.take(bytes);
  expect([first, second].map((copy) => [...pages.bytes(page, copy)])).toEqual([
    [1, 2],
    [9, 2],
  ]);
  pages.forget();
  expect(pages.bytes(page, first)).toBeUndefined();
  expect(pages.take(bytes)).toBe(first);
});

test("code that copies twice looks at two contents, of the page that it names", () => {
  const pages = new CopiedPages();
  const memory = new SharedMemory(layout, pages);
  function* twice(): Protocol<readonly number[]> {
    const before = yield* copyFromGuest(page, "Copy");
    memory.bytes(page).set([7, 8, 9]);
    const behind = yield* copyFromGuest(page, "Copy");
    const elsewhere = yield* copyFromGuest(other, "Copy");
    return [before, behind, elsewhere].flatMap((copy) => [...pages.bytes(page, copy)]);
  }
  const slots = memory.slots.slice();
  expect(memory.run(twice(), 1)).toEqual([0, 0, 0, 7, 8, 9, 0, 0]);
  expect(memory.slots).toEqual(slots);
});
