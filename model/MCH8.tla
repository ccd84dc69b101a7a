---------------------------------- MODULE MCH8 ----------------------------------
(******************************************************************************)
(* H8: a count and a list, told to one caller, that no single moment explains *)
(*                                                                            *)
(* A monitor beside FfaMediator follows what domain 1 is told about domain 2. *)
(* The life of domain 2 has at most one joining and one leaving, so what is   *)
(* told about it may go from "not there" to "there" once, and back once.      *)
(* Looked at is the moment at which the answer is fixed: the read of the      *)
(* count, and the walk's last look at the list.                               *)
(******************************************************************************)
EXTENDS MCNegotiation

VARIABLE told  \* "nothing", "there", "gone" or "contradiction"

Asker   == 1
Subject == 2
Task(d) == NumVcpus + d

\* Vcpu v has just been told, for good, whether the subject is there.
CountTold(v) == pc[v] = "ReadVmCount" /\ pc'[v] # pc[v]
ListTold(v)  == pc[v] = "NextContext" /\ pc'[v] = "ReadUnlockList"
SaysThere(v) == IF pc[v] = "ReadVmCount" THEN vmCount - 1 > 0 ELSE Len(work[v][3]) > 0

After(there) ==
    CASE told = "contradiction"                    -> "contradiction"
      [] there /\ told = "gone"                    -> "contradiction"
      [] there                                     -> "there"
      \* It was there, and nobody has begun to destroy it.
      [] told = "there" /\ life[Subject] = "running" -> "contradiction"
      \* It is being torn down, and has left.
      [] life[Subject] = "paused"                  -> "gone"
      [] OTHER                                     -> told

Watch ==
    told' = IF \E v \in Vcpus : DomainOf[v] = Asker /\ (CountTold(v) \/ ListTold(v))
            THEN After(SaysThere(CHOOSE v \in Vcpus :
                                     DomainOf[v] = Asker /\ (CountTold(v) \/ ListTold(v))))
            \* A new life of either domain starts a new story.
            ELSE IF life' # life /\ (life'[Subject] = "absent" \/ life'[Asker] = "absent")
            THEN "nothing"
            ELSE told

InitWatched == Init /\ told = "nothing"
NextWatched == Next /\ Watch
SpecWatched == InitWatched /\ [][NextWatched]_<<vars, told>>

\* What one caller is told of another VM has an order in time that explains it.  (H8 breaks this.)
OneMomentExplainsInv == told # "contradiction"
================================================================================
