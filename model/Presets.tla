-------------------------------- MODULE Presets --------------------------------
\* Made by `npm run docs` from src/fixes.ts and src/presets.ts.  Do not edit.
EXTENDS Properties

\* Designs.
Posted == {}
Upstream202608 == {"CountInWriteLock", "PlainCount", "MapInRxLock"}
Hardened == {"PublishLast", "CountInWriteLock", "CountInReadLock", "PlainCount", "RefuseBit31", "MapInRxLock", "FillerOwnsRx"}

\* The hardened design without one fix.
WithoutPublishLast == AllFixes \ {"PublishLast"}
WithoutCountInWriteLock == AllFixes \ {"CountInWriteLock"}
WithoutCountInReadLock == AllFixes \ {"CountInReadLock"}
WithoutPlainCount == AllFixes \ {"PlainCount"}
WithoutRefuseBit31 == AllFixes \ {"RefuseBit31"}
WithoutMapInRxLock == AllFixes \ {"MapInRxLock"}
WithoutFillerOwnsRx == AllFixes \ {"FillerOwnsRx"}

\* How each mediator negotiates.
XenPostedChoices ==
    [ otherMajor |-> "mine",
      greaterMinor |-> "mine",
      takenAnswer |-> "mine",
      laterAnswer |-> "mine",
      ends |-> "call",
      initial |-> "none",
      early |-> "open" ]
XenUpstream202608Choices ==
    [ otherMajor |-> "mine",
      greaterMinor |-> "mine",
      takenAnswer |-> "mine",
      laterAnswer |-> "mine",
      ends |-> "call",
      initial |-> "none",
      early |-> "open" ]
HafniumChoices ==
    [ otherMajor |-> "refuse",
      greaterMinor |-> "refuse",
      takenAnswer |-> "mine",
      laterAnswer |-> "other-refused",
      ends |-> "call-but-interrupt",
      initial |-> "mine",
      early |-> "open" ]
TfAChoices ==
    [ otherMajor |-> "keep",
      greaterMinor |-> "keep",
      takenAnswer |-> "mine",
      laterAnswer |-> "negotiated",
      ends |-> "call",
      initial |-> "none",
      early |-> "closed" ]
OpTeeChoices ==
    [ otherMajor |-> "keep",
      greaterMinor |-> "mine",
      takenAnswer |-> "mine",
      laterAnswer |-> "mine",
      ends |-> "never",
      initial |-> "oldest",
      early |-> "open" ]
PkvmChoices ==
    [ otherMajor |-> "refuse",
      greaterMinor |-> "mine",
      takenAnswer |-> "negotiated",
      laterAnswer |-> "lower-refused",
      ends |-> "version",
      initial |-> "none",
      early |-> "open" ]
================================================================================
