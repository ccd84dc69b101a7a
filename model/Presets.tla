-------------------------------- MODULE Presets --------------------------------
\* Made by `npm run docs` from src/fixes.ts and src/presets.ts.  Do not edit.
EXTENDS Properties

\* Designs.
Posted == {}
Upstream202608 == {"CountInWriteLock", "PlainCount", "MapInRxLock", "VmsOnNilOnly", "TxIsMapped", "MapInTxLock"}
Hardened == AllFixes

\* The hardened design without one fix.
WithoutPublishLast == AllFixes \ {"PublishLast"}
WithoutCountInWriteLock == AllFixes \ {"CountInWriteLock"}
WithoutCountInReadLock == AllFixes \ {"CountInReadLock"}
WithoutPlainCount == AllFixes \ {"PlainCount"}
WithoutRefuseBit31 == AllFixes \ {"RefuseBit31"}
WithoutMapInRxLock == AllFixes \ {"MapInRxLock"}
WithoutFillerOwnsRx == AllFixes \ {"FillerOwnsRx"}
WithoutVmsOnNilOnly == AllFixes \ {"VmsOnNilOnly"}
WithoutFfaIdsOnly == AllFixes \ {"FfaIdsOnly"}
WithoutTxIsMapped == AllFixes \ {"TxIsMapped"}
WithoutMapInTxLock == AllFixes \ {"MapInTxLock"}
WithoutTxLockFirst == AllFixes \ {"TxLockFirst"}
WithoutSendToListed == AllFixes \ {"SendToListed"}
WithoutUnmapInRxLock == AllFixes \ {"UnmapInRxLock"}
WithoutRaiseWhileHeld == AllFixes \ {"RaiseWhileHeld"}
WithoutTeardownHoldsDomain == AllFixes \ {"TeardownHoldsDomain"}
WithoutRetryOnlyLeft == AllFixes \ {"RetryOnlyLeft"}
WithoutTimerInLock == AllFixes \ {"TimerInLock"}

\* How each mediator negotiates.
XenPostedChoices ==
    [ otherMajor |-> "mine",
      greaterMinor |-> "mine",
      takenAnswer |-> "mine",
      laterAnswer |-> "mine",
      ends |-> "call",
      initial |-> "none",
      early |-> "open",
      featuresInput |-> "refused",
      featuresInterrupt |-> "unknown" ]
XenUpstream202608Choices ==
    [ otherMajor |-> "mine",
      greaterMinor |-> "mine",
      takenAnswer |-> "mine",
      laterAnswer |-> "mine",
      ends |-> "call",
      initial |-> "none",
      early |-> "open",
      featuresInput |-> "ignored",
      featuresInterrupt |-> "known" ]
HafniumChoices ==
    [ otherMajor |-> "refuse",
      greaterMinor |-> "refuse",
      takenAnswer |-> "mine",
      laterAnswer |-> "other-refused",
      ends |-> "call-but-interrupt",
      initial |-> "mine",
      early |-> "open",
      featuresInput |-> "ignored",
      featuresInterrupt |-> "known" ]
TfAChoices ==
    [ otherMajor |-> "keep",
      greaterMinor |-> "keep",
      takenAnswer |-> "mine",
      laterAnswer |-> "negotiated",
      ends |-> "call",
      initial |-> "none",
      early |-> "closed",
      featuresInput |-> "refused",
      featuresInterrupt |-> "known" ]
OpTeeChoices ==
    [ otherMajor |-> "keep",
      greaterMinor |-> "mine",
      takenAnswer |-> "mine",
      laterAnswer |-> "mine",
      ends |-> "never",
      initial |-> "oldest",
      early |-> "open",
      featuresInput |-> "ignored",
      featuresInterrupt |-> "known" ]
PkvmChoices ==
    [ otherMajor |-> "refuse",
      greaterMinor |-> "mine",
      takenAnswer |-> "negotiated",
      laterAnswer |-> "lower-refused",
      ends |-> "version",
      initial |-> "none",
      early |-> "open",
      featuresInput |-> "ignored",
      featuresInterrupt |-> "known" ]
================================================================================
