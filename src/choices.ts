/**
 * What mediators do differently, most of it when a version is negotiated, without fault. Source:
 * docs/negotiation.md, which says where each was read.
 */

/** The values of each choice, the posted design's first. */
export const CHOICES = {
  /** A request of another major: settles on the mediator's own version, changes nothing and is
   * answered with that version, or is refused. */
  otherMajor: ["mine", "keep", "refuse"],
  /** A request of a greater minor. */
  greaterMinor: ["mine", "keep", "refuse"],
  /** What is answered to a request that is taken: the mediator's own version, or the negotiated. */
  takenAnswer: ["mine", "negotiated"],
  /** What is answered to a request behind the end of negotiation. */
  laterAnswer: ["mine", "negotiated", "lower-refused", "other-refused"],
  /** What ends negotiation: another call than FFA_VERSION, one that is not FFA_INTERRUPT either, an
   * FFA_VERSION that succeeds, or nothing. */
  ends: ["call", "call-but-interrupt", "version", "never"],
  /** The version in force before a request: none, 1.0, or the mediator's own. */
  initial: ["none", "oldest", "mine"],
  /** What another call does when no version is in force: it is refused and negotiation stays open,
   * or it is refused and negotiation is over for good. */
  early: ["open", "closed"],
  /** What FFA_FEATURES does with input that it has no use for. */
  featuresInput: ["refused", "ignored"],
  /** What FFA_FEATURES says of FFA_INTERRUPT, which is an answer and no call. */
  featuresInterrupt: ["unknown", "known"],
} as const;

export type Choices = {
  readonly [Name in keyof typeof CHOICES]: (typeof CHOICES)[Name][number];
};
