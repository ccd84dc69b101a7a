-------------------------------- MODULE Version --------------------------------
(******************************************************************************)
(* Version words, and what the mediator makes of a request.  (src:            *)
(* version.ts)                                                                *)
(*                                                                            *)
(* TLC's integers have 32 bits and sign, so a word is written in decimal:     *)
(* bit 31 * 10000 + major * 100 + minor.  1.1 is 101, and 1.0 with bit 31 set *)
(* is 10100.                                                                  *)
(******************************************************************************)
EXTENDS Abi

HasBit31(word) == word >= 10000
Major(word) == (word % 10000) \div 100
Minor(word) == word % 100

\* The versions that the mediator can speak: its major, its minor or a lower one.
Supported == {w \in {100, 101, 102} : Major(w) = Major(MyVersion) /\ Minor(w) <= Minor(MyVersion)}

\* Every word that a context may come to hold.  Without the fix, bit 31 of a request is kept.
Words == {NoVersion} \cup Supported
             \cup (IF Fixed("RefuseBit31") THEN {} ELSE {10000 + w : w \in Supported})

\* What becomes of a request while negotiation is open, as the code compares: "taken" as it is,
\* "mine" settles on the mediator's own version, "keep" changes nothing and is answered with that,
\* "refuse" changes nothing and is answered NOT_SUPPORTED.
Outcome(word) ==
    CASE Fixed("RefuseBit31") /\ HasBit31(word) -> "refuse"
      [] Major(word) # Major(MyVersion)         -> Choices.otherMajor
      [] Minor(word) > Minor(MyVersion)         -> Choices.greaterMinor
      [] OTHER                                  -> "taken"

Settles(word) == Outcome(word) \in {"taken", "mine"}

\* The version that a request settles on.
Settled(word) == IF Outcome(word) = "taken" THEN word ELSE MyVersion

================================================================================
