/**
 * For the mutation tester: the same cases for each mutant, no search for a smaller one, and no TLC
 * where the part does without, so that what needs it is skipped.
 */
import fc from "fast-check";
import { partNow } from "./partNow.js";

fc.configureGlobal({ seed: 1, endOnFailure: true });

if (partNow.usesTlc !== true) {
  for (const name of ["PATH", "JAVA_HOME", "CI"]) delete process.env[name];
}
