/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A place that was looked at and not taken, and why. */
export interface PassedOver {
  readonly source: string;
  readonly reason: string;
}
