/** The mediator's state of one domain (C: `struct ffa_ctx`), and of all (C: file-scope statics). */
import { endpointOfDomain } from "./endpoint.js";
import { fixed, type MediatorOptions, subscribersOf } from "./options.js";
import { CopiedPages, type GuestPages, Layout, type Location } from "./sync/index.js";
import { publishableVersions, requestableVersions } from "./version.js";

/** What an RX buffer can be. The posted code knows the first two: `rx_is_free`, true and false. */
export const RX_FREE = 1;
export const RX_TAKEN = 0;
export const RX_FILLING = 2;

/** Of creation, of shared memory, and of a teardown. */
const MOST_REFERENCES = 3;

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
  /** The RX buffer, the pages of RX and TX (0 or 1), who owns RX, and the lock for that. */
  readonly rx: Location;
  readonly pageCount: Location;
  readonly rxState: Location;
  readonly rxLock: Location;
  /** The TX buffer, which the guest writes whenever it likes, and the lock of those who read it. */
  readonly tx: Location;
  readonly txLock: Location;
  /** The memory objects: how many, those that are linked by handle, and the lock of both. */
  readonly shmCount: Location;
  readonly shmList: Location;
  readonly shmLock: Location;
  /** The SPs that are still to be told of the destruction, as a bit mask. */
  readonly toTell: Location;
  /** What the secure world has to do with the domain. */
  readonly secureWorld: Location;
}

/** The teardowns that are to go on. */
export interface RetryList {
  readonly domains: Location;
  readonly retryLock: Location;
  readonly timer: Location;
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
  /** Serialise the use of the mediator's own RX and TX buffers towards the secure world. */
  readonly spRxLock: Location;
  readonly spTxLock: Location;
  readonly retries: RetryList;
  /** What has been copied from guests' TX buffers. */
  readonly pages: GuestPages;
}

/**
 * Actors are numbered from 1: the vCPUs of domain 1, of domain 2, ..., then a toolstack task
 * each, and last the timer.
 */
export function vcpuActor(options: MediatorOptions, domainId: number, vcpu: number): number {
  return (domainId - 1) * options.maxVcpus + vcpu + 1;
}

export function toolstackActor(options: MediatorOptions, domainId: number): number {
  return options.maxDomains * options.maxVcpus + domainId;
}

export const timerActor = (options: MediatorOptions): number =>
  options.maxDomains * (options.maxVcpus + 1) + 1;

/**
 * Declares the shared state of a mediator with all its domains absent.
 *
 * @param pages What guests write into their TX buffers.
 */
export function declareMediator(
  options: MediatorOptions,
  pages: GuestPages = new CopiedPages(),
): MediatorState {
  const layout = new Layout(timerActor(options));
  const contexts: Context[] = [];
  for (let id = 1; id <= options.maxDomains; id++) {
    contexts[id] = declareContext(layout, options, id, pages.contents);
  }
  const contextList = {
    members: layout.list("ffa_ctx_head", 0, options.maxDomains),
    lock: layout.rwlock("ffa_ctx_list_rwlock", 0),
    vmCount: layout.counter("ffa_vm_count", 0, 0, options.maxDomains),
  };
  const spRxLock = layout.spinlock("ffa_rx_buffer_lock", 0);
  const spTxLock = layout.spinlock("ffa_tx_buffer_lock", 0);
  const retries = {
    domains: layout.list("ffa_teardown_head", 0, options.maxDomains),
    retryLock: layout.spinlock("ffa_teardown_lock", 0),
    timer: layout.timer("ffa_teardown_timer", 0),
  };
  return { options, layout, contexts, contextList, spRxLock, spTxLock, retries, pages };
}

function declareContext(
  layout: Layout,
  options: MediatorOptions,
  id: number,
  contents: number,
): Context {
  const guestVersLock = layout.spinlock("guest_vers_lock", id);
  const rxLock = layout.spinlock("rx_lock", id);
  // Without the fixes, mapping or the unmapping of a teardown write these without the lock.
  const enforced = fixed(options, "MapInRxLock") && fixed(options, "UnmapInRxLock");
  const initialRx = options.mappedAtStart ? [RX_FREE, RX_TAKEN] : [RX_TAKEN, RX_FREE];
  const filling = fixed(options, "FillerOwnsRx") ? [RX_FILLING] : [];
  const masks = Array.from({ length: 2 ** subscribersOf(options).length }, (_, mask) => mask);
  return {
    domainId: id,
    ffaId: endpointOfDomain(id),
    vcpus: options.maxVcpus,
    is64bit: true,
    domain: layout.domain("domain", id, options.maxVcpus, MOST_REFERENCES),
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
    tx: layout.guestPage("tx", id, contents, options.txBytes),
    txLock: layout.spinlock("tx_lock", id),
    shmLock: layout.spinlock("lock", id),
    shmCount: layout.counter("shm_count", id, 0, options.maxShm),
    shmList: layout.list("shm_list", id, options.maxShm),
    toTell: layout.cell("vm_destroy_bitmap", id, { values: masks }),
    secureWorld: layout.secureWorld("secure world", id, options.secureAnswers, options.maxShm),
  };
}
