import type { TlcOutcome, TlcVerdict } from "../../src/index.js";
import type { Recordable } from "./recorded.js";

/** A model, and what its recorded run tells. */
export interface LoggedModel extends Recordable {
  readonly verdict: Partial<TlcVerdict> & Pick<TlcVerdict, "kind">;
  /** The line and column that the verdict names. */
  readonly at?: string;
  /** A part of what the verdict says. */
  readonly says?: string;
  readonly outcome?: Partial<TlcOutcome>;
  /** The actions of the counterexample and its last state. */
  readonly trace?: string;
}

export const HEAD = "EXTENDS Integers, Sequences, FiniteSets, TLC\nVARIABLE x\n";
const SPECIFIED = "Spec == Init /\\ [][Next]_x";
export const COUNTER = `${HEAD}Init == x = 0\nNext == x < 3 /\\ x' = x + 1\n${SPECIFIED}\n`;
const FAIR = `${SPECIFIED} /\\ WF_x(Next)\n`;
export const CYCLE = `${HEAD}Init == x = 0\nNext == x' = (x + 1) % 3\n${FAIR}`;
export const LOOP = `${HEAD}RECURSIVE F(_)\nF(n) == F(n + 1)\n`;
export const SETS =
  "EXTENDS TLC\nCONSTANT P\nVARIABLE x\nInit == x \\in P\nNext == x' \\in P\n" +
  "Sym == Permutations(P)\nL == []<>(x = x)";
export const SPEC = "SPECIFICATION Spec\n";
export const NO_DEADLOCK = `${SPEC}CHECK_DEADLOCK FALSE\n`;
export const INIT_NEXT = "INIT Init\nNEXT Next\n";
export const START = "@!@!@STARTMSG 2110:1 @!@!@";
export const END = "@!@!@ENDMSG 2217 @!@!@";

/** Two violations; with `-continue` both are reported, each with its counterexample. */
export const TWO = {
  body: `${HEAD}Init == x = 0\nNext == x' = (x + 1) % 5\nFirst == x # 2\nSecond == x # 4\n`,
  cfg: `${INIT_NEXT}INVARIANTS First Second\n`,
};
