----------------------------- MODULE MCNegotiation -----------------------------
(******************************************************************************)
(* Bounds for the models: the sets of calls that the cfgs choose from.  They *)
(* are written out as values, because the tools read them here as well.       *)
(******************************************************************************)
EXTENDS Presets

\* Every call but those that map RX, with every branch of a request: a lower version, the mediator's
\* own, a greater minor, another major, bit 31; PARTITION_INFO_GET as list, as count and with a flag
\* that does not exist.
NoMapCalls ==
    { <<"VERSION", 100>>, <<"VERSION", 101>>, <<"VERSION", 102>>, <<"VERSION", 200>>,
      <<"VERSION", 10100>>, <<"ID_GET", 0>>, <<"FEATURES", 1>>, <<"FEATURES", 0>>,
      <<"UNKNOWN", 0>>, <<"PARTITION_INFO_GET", 0>>, <<"PARTITION_INFO_GET", 1>>,
      <<"PARTITION_INFO_GET", 2>>, <<"RX_RELEASE", 0>> }

AllCalls ==
    { <<"VERSION", 100>>, <<"VERSION", 101>>, <<"VERSION", 102>>, <<"VERSION", 200>>,
      <<"VERSION", 10100>>, <<"ID_GET", 0>>, <<"FEATURES", 1>>, <<"FEATURES", 0>>,
      <<"UNKNOWN", 0>>, <<"PARTITION_INFO_GET", 0>>, <<"PARTITION_INFO_GET", 1>>,
      <<"PARTITION_INFO_GET", 2>>, <<"RX_RELEASE", 0>>, <<"RXTX_MAP", 0>>, <<"RXTX_UNMAP", 0>> }

\* Every call with every branch of its registers, for one vCPU.
EveryCall ==
    { <<"VERSION", 100>>, <<"VERSION", 101>>, <<"VERSION", 102>>, <<"VERSION", 200>>,
      <<"VERSION", 10100>>, <<"ID_GET", 0>>, <<"INTERRUPT", 0>>, <<"UNKNOWN", 0>>,
      <<"FEATURES", 0>>, <<"FEATURES", 1>>, <<"FEATURES", 2>>, <<"FEATURES", 3>>,
      <<"PARTITION_INFO_GET", 0>>, <<"PARTITION_INFO_GET", 1>>, <<"PARTITION_INFO_GET", 2>>,
      <<"PARTITION_INFO_OF", 0>>, <<"PARTITION_INFO_OF", 1>>, <<"PARTITION_COUNT_OF", 0>>,
      <<"PARTITION_COUNT_OF", 1>>, <<"RX_RELEASE", 0>>, <<"RXTX_MAP", 0>>, <<"RXTX_UNMAP", 0>>,
      <<"FOREIGN", 0>>, <<"FOREIGN", 1>> }

\* PARTITION_INFO_GET for a UUID.
UuidCalls ==
    { <<"VERSION", 101>>, <<"PARTITION_INFO_OF", 1>>, <<"PARTITION_COUNT_OF", 1>>,
      <<"RX_RELEASE", 0>> }

\* An ID that is not FF-A's, between a request and a call.
ForeignCalls == { <<"VERSION", 100>>, <<"FOREIGN", 1>>, <<"PARTITION_INFO_GET", 1>> }

\* The calls that negotiate, and the two that PARTITION_INFO_GET answers.
QueryCalls ==
    { <<"VERSION", 100>>, <<"VERSION", 101>>, <<"PARTITION_INFO_GET", 0>>,
      <<"PARTITION_INFO_GET", 1>>, <<"RX_RELEASE", 0>> }

\* FFA_VERSION in all its branches, FFA_INTERRUPT, and two calls that end negotiation.
RequestCalls ==
    { <<"VERSION", 100>>, <<"VERSION", 101>>, <<"VERSION", 102>>, <<"VERSION", 200>>,
      <<"VERSION", 10100>>, <<"ID_GET", 0>>, <<"INTERRUPT", 0>>, <<"PARTITION_INFO_GET", 1>> }

\* For designs that are not hardened: a request in each branch that they tell apart, the two answers
\* of PARTITION_INFO_GET, and the calls that are about RX.
DesignCalls ==
    { <<"VERSION", 100>>, <<"VERSION", 10100>>, <<"PARTITION_INFO_GET", 0>>,
      <<"PARTITION_INFO_GET", 1>>, <<"RX_RELEASE", 0>>, <<"RXTX_MAP", 0>>, <<"RXTX_UNMAP", 0>> }

\* The calls that take, hand over and map RX.
BufferCalls ==
    { <<"VERSION", 101>>, <<"PARTITION_INFO_GET", 0>>, <<"RX_RELEASE", 0>>, <<"RXTX_MAP", 0>>,
      <<"RXTX_UNMAP", 0>> }

\* For four vCPUs: two versions, a call that ends negotiation, and the count.
FewCalls ==
    { <<"VERSION", 100>>, <<"VERSION", 101>>, <<"ID_GET", 0>>, <<"PARTITION_INFO_GET", 1>> }

\* For four vCPUs and a graph of a million states, which MCDigest sums up.
DigestCalls == { <<"VERSION", 101>>, <<"ID_GET", 0>>, <<"PARTITION_INFO_GET", 1>> }

\* For four vCPUs in a graph that can be written out: one version, and the count.
LeastCalls == { <<"VERSION", 101>>, <<"PARTITION_INFO_GET", 1>> }

\* Messages, and RX given back so that there are more of them.
MessageCalls == { <<"VERSION", 101>>, <<"SEND2", 0>>, <<"RX_RELEASE", 0>> }

\* Messages of senders with the header of 1.1, and with the longer one of 1.2.
MessageHeaderCalls == { <<"VERSION", 101>>, <<"VERSION", 102>>, <<"SEND2", 0>> }

\* Messages to buffers that are mapped and unmapped.
MessageMapCalls ==
    { <<"VERSION", 101>>, <<"SEND2", 0>>, <<"RX_RELEASE", 0>>, <<"RXTX_MAP", 0>>,
      <<"RXTX_UNMAP", 0>> }

\* The calls that take tx_lock and rx_lock.
SendMapCalls == { <<"VERSION", 101>>, <<"SEND2", 0>>, <<"RXTX_UNMAP", 0>> }

\* Memory.
MemoryCalls == { <<"VERSION", 101>>, <<"MEM_SHARE", 0>>, <<"MEM_RECLAIM", 1>> }
MemoryTwoCalls ==
    { <<"VERSION", 101>>, <<"MEM_SHARE", 0>>, <<"MEM_RECLAIM", 1>>, <<"MEM_RECLAIM", 2>> }

\* The calls that take tx_lock, and those that mapping takes it for.
TxCalls ==
    { <<"VERSION", 101>>, <<"SEND2", 0>>, <<"MEM_SHARE", 0>>, <<"RXTX_MAP", 0>>,
      <<"RXTX_UNMAP", 0>> }

\* A listing, and all that goes on beside it.
ListingCalls ==
    { <<"VERSION", 101>>, <<"PARTITION_INFO_GET", 0>>, <<"SEND2", 0>>, <<"MEM_SHARE", 0>>,
      <<"RX_RELEASE", 0>> }

\* What guests see of buffers and of one another, each by few calls.
SeenBufferCalls ==
    { <<"VERSION", 101>>, <<"PARTITION_INFO_GET", 0>>, <<"PARTITION_INFO_GET", 1>>,
      <<"RX_RELEASE", 0>>, <<"RXTX_MAP", 0>>, <<"RXTX_UNMAP", 0>> }
SeenListCalls ==
    { <<"VERSION", 101>>, <<"PARTITION_INFO_GET", 0>>, <<"PARTITION_INFO_GET", 1>> }

\* For teardowns of VMs that have done nothing.
RequestOnlyCalls == { <<"VERSION", 101>> }

\* What SPs answer: statuses, in the order of their numbers.
AllAnswers    == {OK, INTERRUPTED, DENIED, RETRY, ABORTED}
OkOnly        == {OK}
OkOrAborted   == {OK, ABORTED}
OkOrDenied    == {OK, DENIED}
OkOrRetry     == {OK, DENIED, RETRY}
================================================================================
