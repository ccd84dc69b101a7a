/** Sets of fixes for tests of what each changes beside others: there are too many for all of them. */
import { FIXES, type Fix } from "../../src/fixes.js";

const upToTwo: readonly (readonly Fix[])[] = [
  [],
  ...FIXES.map((fix) => [fix]),
  ...FIXES.flatMap((one, i) => FIXES.slice(i + 1).map((other) => [one, other])),
];

/** Each pair of fixes, both of them, either and neither, with none and with all of the others. */
export const fixSets: readonly (readonly Fix[])[] = [
  ...upToTwo,
  ...upToTwo.map((missing) => FIXES.filter((fix) => !missing.includes(fix))),
];
