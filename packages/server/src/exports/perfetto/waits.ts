import {
  DirectlyReclaimed,
  type EventBatch,
  GuestOutOfMemory,
  HostFaulted,
  PagePagedIn,
  VmFinished,
  VmRefused,
  VmResumed,
  VmStarted,
  VmTerminated,
} from "@ballast/core/events";

/** When a VM waited, and what for. */
export type Wait = { readonly name: string; readonly timeNs: number; readonly durationNs: number };

const NS_PER_US = 1_000;

type WaitNs = (batch: EventBatch, index: number) => number;
const inD: WaitNs = (batch, index) => batch.d[index] ?? 0;

/** Events that say how long a VM waits from then on. */
const WAITS: ReadonlyMap<number, readonly [name: string, waitNs: WaitNs]> = new Map([
  [HostFaulted.code, ["host fault", inD]],
  [PagePagedIn.code, ["guest page-in", (batch, index) => (batch.c[index] ?? 0) * NS_PER_US]],
  [DirectlyReclaimed.code, ["direct reclaim", inD]],
]);

/** Undefined: it did not wait, as at a minor fault. */
export function waitOf(batch: EventBatch, index: number): Wait | undefined {
  const timeNs = batch.timesNs[index] ?? 0;
  if (batch.types[index] === VmResumed.code) {
    const suspendedNs = inD(batch, index);
    return { name: "suspended", timeNs: timeNs - suspendedNs, durationNs: suspendedNs };
  }
  const found = WAITS.get(batch.types[index] ?? 0);
  if (found === undefined) return undefined;
  const [name, waitNs] = found;
  const durationNs = waitNs(batch, index);
  return durationNs > 0 ? { name, timeNs, durationNs } : undefined;
}

const INSTANTS: ReadonlySet<number> = new Set([VmStarted, VmRefused, VmFinished, VmTerminated, GuestOutOfMemory].map(({ code }) => code));

/** What happens to a VM as a whole, and is shown as a mark. */
export function isInstant(code: number): boolean {
  return INSTANTS.has(code);
}
