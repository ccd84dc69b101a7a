/** The states of a dump as rows of numbers: for each variable, which of its texts it has there. */
import { BEFORE_FIRST, BETWEEN } from "../graph/dumpText.js";
import { VerifyError } from "../support/verifyError.js";

export class Rows {
  /** The variables in the order in which TLC writes them; none before the first state. */
  variables: readonly string[] = [];
  private heads: readonly string[] = [];
  /** Of each variable: its texts, with the escapes of the dot format, in the order they came. */
  readonly texts: Map<string, number>[] = [];
  private numbers = new Int32Array(1024);
  private isSet = new Uint8Array(1024);

  /** @returns False where the state is there already. @throws VerifyError DUMP_OTHER_MODEL */
  set(index: number, text: string): boolean {
    if (this.variables.length === 0) this.begin(text);
    const width = this.heads.length;
    this.makeRoom(index);
    if (this.isSet[index] === 1) return false;
    this.isSet[index] = 1;
    let start = BEFORE_FIRST.length;
    for (let v = 0; v < width; v++) {
      if (!text.startsWith(this.heads[v], start)) throw otherVariables(this.variables, text);
      const from = start + this.heads[v].length;
      const found = v === width - 1 ? -1 : text.indexOf(BETWEEN, from);
      const end = found < 0 ? text.length : found;
      this.numbers[index * width + v] = this.numberOf(v, text.slice(from, end));
      start = end + BETWEEN.length;
    }
    return true;
  }

  areAllSet(size: number): boolean {
    return size <= this.isSet.length && this.isSet.subarray(0, size).every((set) => set === 1);
  }

  /** Which of its texts a variable has in a state. */
  at(index: number, variable: number): number {
    return this.numbers[index * this.heads.length + variable];
  }

  private begin(text: string): void {
    const parts = text.slice(BEFORE_FIRST.length).split(BETWEEN);
    this.variables = parts.map((part) => part.slice(0, part.indexOf(" = ")));
    this.heads = this.variables.map((variable) => `${variable} = `);
    for (const _ of this.variables) this.texts.push(new Map());
  }

  private numberOf(variable: number, text: string): number {
    const texts = this.texts[variable];
    const known = texts.get(text);
    if (known !== undefined) return known;
    // A slice keeps the whole chunk of the file alive; a key that stays must not.
    texts.set(Buffer.from(text, "utf8").toString("utf8"), texts.size);
    return texts.size - 1;
  }

  private makeRoom(index: number): void {
    while (index >= this.isSet.length) this.isSet = enlarged(this.isSet, Uint8Array);
    const needed = (index + 1) * this.heads.length;
    while (needed > this.numbers.length) this.numbers = enlarged(this.numbers, Int32Array);
  }
}

function enlarged<T extends Int32Array | Uint8Array>(from: T, make: new (size: number) => T): T {
  const larger = new make(2 * from.length);
  larger.set(from);
  return larger;
}

function otherVariables(expected: readonly string[], text: string): VerifyError {
  return new VerifyError({
    code: "DUMP_OTHER_MODEL",
    what: "the state graph has states with other variables than its first one",
    expected: expected.join(", "),
    found: text.slice(0, 200),
    hint: "let TLC write it again: ffa-verify traces export MODEL",
  });
}
