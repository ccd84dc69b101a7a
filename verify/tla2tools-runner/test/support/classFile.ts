/** As much of a Java class as is needed to read its integer constants and one switch. */
export class ClassFile {
  private at = 8;
  private readonly pool: (string | number)[] = [];
  readonly constants = new Map<string, number>();
  /** The bytecode of each method, by name. */
  readonly methods = new Map<string, Buffer>();

  constructor(private readonly bytes: Buffer) {
    this.readPool();
    this.at += 6;
    this.at += 2 + 2 * bytes.readUInt16BE(this.at);
    for (let count = this.u2(); count > 0; count -= 1) this.readMember("ConstantValue");
    for (let count = this.u2(); count > 0; count -= 1) this.readMember("Code");
  }

  private u2(): number {
    this.at += 2;
    return this.bytes.readUInt16BE(this.at - 2);
  }

  private u4(): number {
    this.at += 4;
    return this.bytes.readInt32BE(this.at - 4);
  }

  private readPool(): void {
    const count = this.u2();
    for (let index = 1; index < count; index += 1) {
      const tag = this.bytes[this.at];
      this.at += 1;
      if (tag === 1) {
        const length = this.u2();
        this.pool[index] = this.bytes.toString("utf8", this.at, this.at + length);
        this.at += length;
      } else if (tag === 3) {
        this.pool[index] = this.u4();
      } else {
        this.at +=
          tag === 5 || tag === 6 ? 8 : tag === 15 ? 3 : [7, 8, 16].includes(tag ?? 0) ? 2 : 4;
        // Long numbers take two places.
        if (tag === 5 || tag === 6) index += 1;
      }
    }
  }

  private readMember(wanted: "ConstantValue" | "Code"): void {
    this.at += 2;
    const name = String(this.pool[this.u2()]);
    this.at += 2;
    for (let count = this.u2(); count > 0; count -= 1) {
      const attribute = this.pool[this.u2()];
      const end = this.u4() + this.at;
      if (attribute === wanted && wanted === "Code") {
        this.at += 4;
        const length = this.u4();
        this.methods.set(name, this.bytes.subarray(this.at, this.at + length));
      } else if (attribute === wanted) {
        const value = this.pool[this.u2()];
        if (typeof value === "number") this.constants.set(name, value);
      }
      this.at = end;
    }
  }
}

/** What a method gives that switches on its argument and returns a number for each case. */
export function switchedNumbers(code: Buffer): ReadonlyMap<number, number> {
  const LOOKUPSWITCH = 0xab;
  const from = code.indexOf(LOOKUPSWITCH);
  const table = from + 4 - (from % 4);
  const cases = new Map<number, number>();
  for (let index = 0; index < code.readInt32BE(table + 4); index += 1) {
    const pair = table + 8 + 8 * index;
    cases.set(code.readInt32BE(pair), numberAt(code, from + code.readInt32BE(pair + 4)));
  }
  return cases;
}

function numberAt(code: Buffer, at: number): number {
  const ICONST_0 = 0x03;
  const BIPUSH = 0x10;
  const operation = code[at] ?? 0;
  if (operation < BIPUSH) return operation - ICONST_0;
  return operation === BIPUSH ? code.readInt8(at + 1) : code.readInt16BE(at + 1);
}
