/** The mediator's state of one domain (C: `struct ffa_ctx`), and of all (C: file-scope statics). */
import { endpointOfDomain } from "./endpoint.js";
import { fixed, type MediatorOptions } from "./options.js";
import { Layout, type Location } from "./sync/index.js";
import { publishableVersions, requestableVersions } from "./version.js";

/** What an RX buffer can be. The posted code knows the first two: `rx_is_free`, true and false. */
export const RX_FREE = 1;
export const RX_TAKEN = 0;
export const RX_FILLING = 2;

export interface Context {
  /** The domain, from 1; it is also the context's number on the list. */
  readonly domainId: number;
  readonly ffaId: number;
  /** Set up before anything can find the domain, and constant from then on. */
  readonly vcpus: number;
  readonly is64bit: boolean;
  /** Whether the domain runs, and the references that keep its context. */
  readonly domain: Location;
  readonly isDying: Location;
  /** Must always be accessed with `accessOnce` and `storeOnce`. 0 until negotiation is over. */
  readonly guestVers: Location;
  /** The version requested last. Accessed with `guestVersLock` held. */
  readonly guestVersTmp: Location;
  readonly guestVersLock: Location;
  /** The RX buffer, its pages (0 or 1), who owns it, and the lock that serialises that. */
  readonly rx: Location;
  readonly pageCount: Location;
  readonly rxState: Location;
  readonly rxLock: Location;
}

/** The contexts of the VMs with a version, and how many there are. */
export interface ContextList {
  readonly members: Location;
  readonly lock: Location;
  readonly vmCount: Location;
}

/** Everything shared, declared. */
export interface MediatorState {
  readonly options: MediatorOptions;
  readonly layout: Layout;
  /** By domain ID; index 0 is not used. */
  readonly contexts: Context[];
  readonly contextList: ContextList;
  /** Serialises the use of the mediator's own RX buffer towards the secure world. */
  readonly spRxLock: Location;
}

/**
 * Actors are numbered from 1: the vCPUs of domain 1, of domain 2, ..., then a toolstack task
 * each.
 */
export function vcpuActor(options: MediatorOptions, domainId: number, vcpu: number): number {
  return (domainId - 1) * options.maxVcpus + vcpu + 1;
}

export function toolstackActor(options: MediatorOptions, domainId: number): number {
  return options.maxDomains * options.maxVcpus + domainId;
}

/** Declares the shared state of a mediator with all its domains absent. */
export function declareMediator(options: MediatorOptions): MediatorState {
  const layout = new Layout(options.maxDomains * (options.maxVcpus + 1));
  const contexts: Context[] = [];
  for (let id = 1; id <= options.maxDomains; id++) {
    contexts[id] = declareContext(layout, options, id);
  }
  const contextList = {
    members: layout.list("ffa_ctx_head", 0, options.maxDomains),
    lock: layout.rwlock("ffa_ctx_list_rwlock", 0),
    vmCount: layout.counter("ffa_vm_count", 0, 0, options.maxDomains),
  };
  const spRxLock = layout.spinlock("ffa_rx_buffer_lock", 0);
  return { options, layout, contexts, contextList, spRxLock };
}

function declareContext(layout: Layout, options: MediatorOptions, id: number): Context {
  const guestVersLock = layout.spinlock("guest_vers_lock", id);
  const rxLock = layout.spinlock("rx_lock", id);
  // Without the fix, mapping and unmapping write these without the lock.
  const enforced = fixed(options, "MapInRxLock");
  const initialRx = options.mappedAtStart ? [RX_FREE, RX_TAKEN] : [RX_TAKEN, RX_FREE];
  const filling = fixed(options, "FillerOwnsRx") ? [RX_FILLING] : [];
  return {
    domainId: id,
    ffaId: endpointOfDomain(id),
    vcpus: options.maxVcpus,
    is64bit: true,
    domain: layout.domain("domain", id, options.maxVcpus, 1),
    isDying: layout.cell("is_dying", id, { values: [0, 1] }),
    guestVersLock,
    guestVers: layout.cell("guest_vers", id, {
      values: publishableVersions(options),
      accessOnce: true,
      guardedBy: guestVersLock,
    }),
    guestVersTmp: layout.cell("guest_vers_tmp", id, {
      values: requestableVersions(options),
      guardedBy: guestVersLock,
    }),
    rxLock,
    pageCount: layout.cell("page_count", id, {
      values: options.mappedAtStart ? [1, 0] : [0, 1],
      guardedBy: rxLock,
      enforced,
    }),
    rxState: layout.cell("rx_is_free", id, {
      values: [...initialRx, ...filling],
      guardedBy: rxLock,
      enforced,
    }),
    rx: layout.buffer("rx", id, options.rxBytes),
  };
}
