/** A graph is none of this configuration of the implementation, or its behaviors are none of it. */
export class OtherGraph extends Error {
  override readonly name = "OtherGraph";
}
