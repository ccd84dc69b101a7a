/** The class of a message, as TLC numbers them from 0 to 4. */
export type TlcMessageClass = "none" | "error" | "bug" | "warning" | "state" | "unknown";

/** One numbered message of TLC's `-tool` output. */
export interface TlcMessage {
  /** The number of the message, a constant of `tlc2.output.EC`. */
  readonly code: number;
  readonly class: TlcMessageClass;
  /** The text, without the lines that frame it; the texts of nested messages are part of it. */
  readonly text: string;
  /** Messages that were printed inside this one, such as the reason of an exception. */
  readonly nested: readonly TlcMessage[];
}
