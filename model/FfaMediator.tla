------------------------------ MODULE FfaMediator ------------------------------
(******************************************************************************)
(* A hypervisor's FF-A mediator, from negotiation to teardown, at the grain   *)
(* of the code: one action is one operation on what is shared.                *)
(* The actions are in modules that mirror the files of src/; this one says    *)
(* who may take which.                                                        *)
(******************************************************************************)
EXTENDS PartitionInfo, DomainTeardown

VcpuStep(v) ==
    \/ CallStep(v)
    \/ NegotiationStep(v)
    \/ JoinStep(v)
    \/ PartitionInfoStep(v)
    \/ RxtxStep(v)
    \/ UnmapStep(v)
    \/ MessageStep(v)
    \/ ShmStep(v)
    \/ UncountStep(v)

ToolstackStep(t) ==
    \/ LifeStep(t)
    \/ LeaveStep(t)
    \/ UnmapStep(t)
    \/ UncountStep(t)
    \/ RoundStep(t)

TimerStep(a) ==
    \/ TimeStep(a)
    \/ UncountStep(a)
    \/ RoundStep(a)

Next ==
    \/ \E v \in Vcpus : VcpuStep(v)
    \/ \E t \in Toolstack : ToolstackStep(t)
    \/ \E a \in {Timer} : TimerStep(a)

Spec == Init /\ [][Next]_vars

================================================================================
