------------------------------ MODULE FfaMediator ------------------------------
(******************************************************************************)
(* Negotiation of FFA_VERSION and teardown in a hypervisor's FF-A mediator,   *)
(* at the grain of the code: one action is one operation on shared memory.    *)
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

ToolstackStep(t) ==
    \/ LifeStep(t)
    \/ LeaveStep(t)

Next == (\E v \in Vcpus : VcpuStep(v)) \/ (\E t \in Toolstack : ToolstackStep(t))

Spec == Init /\ [][Next]_vars

================================================================================
