---------------------------------- MODULE Abi ----------------------------------
(******************************************************************************)
(* Answers, as the guest sees them.  FFA_VERSION alone answers in w0.  (src:  *)
(* abi.ts)                                                                    *)
(******************************************************************************)
EXTENDS Context

Version(word)  == <<"VERSION", word>>
VersionRefused == <<"VERSION", -1>>
Unknown        == <<"SMCCC", -1>>  \* Not a call that anybody here serves.
Error(status)  == <<"ERROR", status>>
Success(w2, w3) == <<"SUCCESS", w2, w3>>
Listing(n, size, ids) == <<"SUCCESS", n, size, ids>>

OK                 == 0
NOT_SUPPORTED      == -1
INVALID_PARAMETERS == -2
NO_MEMORY          == -3
BUSY               == -4
INTERRUPTED        == -5
DENIED             == -6
RETRY              == -7
ABORTED            == -8

\* Of a call that is answered with a status alone.
StatusAnswer(status) == IF status = OK THEN Success(0, 0) ELSE Error(status)

================================================================================
