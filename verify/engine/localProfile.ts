/** Where a task stands, as far as the engine must know: what tells two runs of it apart. */
export interface LocalProfile {
  /** Equal for two runs of one actor exactly if they share a local state. */
  readonly key: string;
}
