import { byNumber, DeviceMetric, FaultKind, HostFaultKind, HostFaultNeed, SampleMetric, TrapCause, valueOf } from "../events/index.ts";
import { NOT_RECORDED } from "../metrics/index.ts";
import { Counter, type CounterName } from "./counters.ts";

/**
 * Which counter an event adds to, where that depends on one of its choices. The tables of the machine and the fold of
 * figures use these and no others; a new choice does not compile until it has its counter.
 */
export const TRAP_COUNTERS = {
  PageTableUpdate: "trapPageTableUpdate",
  MissingRealMapEntry: "trapMissingRealMapEntry",
  BalloonCall: "trapBalloonCall",
  SampledPage: "trapSampledPage",
  StoreToSharedPage: "trapStoreToSharedPage",
  FreePageReport: "trapFreePageReport",
} as const satisfies Readonly<Record<keyof typeof TrapCause, CounterName>>;

const GUEST_FAULTS = {
  Minor: "guestMinorFaults",
  Major: "guestMajorFaults",
} as const satisfies Readonly<Record<keyof typeof FaultKind, CounterName>>;

/** null: counted by an event of its own, `PageDecompressed`, `PageReadByMapper` or `SwapCacheHit`. */
const HOST_FAULTS = {
  Minor: "hostMinorFaults",
  Major: "hostMajorFaults",
  Compressed: null,
  FromGuestDisk: null,
  SwapCache: null,
} as const satisfies Readonly<Record<keyof typeof HostFaultKind, CounterName | null>>;

const SAMPLES = {
  Accesses: "accesses",
  ClockNs: "clockNs",
  WaitNs: "waitNs",
  BlockedNs: "blockedNs",
} as const satisfies Readonly<Record<keyof typeof SampleMetric, CounterName>>;

const DISK_SAMPLES = {
  BusyNs: "diskBusyNs",
  QueueNs: "diskQueueNs",
} as const satisfies Readonly<Record<keyof typeof DeviceMetric, CounterName>>;

/** Places of counters by the number of the choice. */
export const TRAP_PLACES = byNumber(TrapCause, places(TRAP_COUNTERS));
export const GUEST_FAULT_PLACES = byNumber(FaultKind, places(GUEST_FAULTS));
const HOST_FAULT_PLACES = byNumber(HostFaultKind, places(HOST_FAULTS));
export const SAMPLE_PLACES = byNumber(SampleMetric, places(SAMPLES));
export const DISK_SAMPLE_PLACES = byNumber(DeviceMetric, places(DISK_SAMPLES));

/** Of the host, by the number of the metric. */
export const SWAP_SAMPLES = byNumber(DeviceMetric, { BusyNs: "swapBusyNs", QueueNs: "swapQueueNs" } as const);

/** What a host fault adds to the faults of accesses; in an earlier version's history it may have been one or not. */
const ACCESS_FAULTS = byNumber(HostFaultNeed, { NotRecorded: NOT_RECORDED, Access: 1, Other: 0 });

type Place<Name> = Name extends null ? null : number;

function places<Choice extends string, Name extends CounterName | null>(
  counters: Readonly<Record<Choice, Name>>,
): Readonly<Record<Choice, Place<Name>>> {
  const entries = Object.entries<Name>(counters).map(([choice, name]) => [choice, name === null ? null : Counter[name]]);
  return Object.fromEntries(entries) as Record<Choice, Place<Name>>;
}

/** Some kinds have counters of their own events. One that an access needed is that access's fault. */
export function countHostFault(counters: Float64Array, kind: number, neededBy: number, waitNs: number): void {
  const place = valueOf(HOST_FAULT_PLACES, kind, "the kind of a host fault");
  if (place !== null) counters[place]++;
  counters[Counter.faults] += valueOf(ACCESS_FAULTS, neededBy, "what needed a host fault");
  counters[Counter.hostWaitNs] += waitNs;
}
