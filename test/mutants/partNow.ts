/** The part that the mutation tester measures now. */
import { PART_VARIABLE, type PartName, parts } from "../../verify/mutants/parts.js";

export const partNow = parts[process.env[PART_VARIABLE] as PartName];
