import { withoutSlices } from "./changed-trace.ts";
import { createKernel, type Kernel, type KernelInput, type KernelSnapshot, restoreKernel } from "../kernel/index.ts";

/** The same input, once for a kernel that makes slices of traces in one step, and once for one that makes each access by itself. */
function bothWays(input: KernelInput): { inSlices: KernelInput; oneByOne: KernelInput } {
  const unchecked = { ...input, scenario: { ...input.scenario, recordHits: false }, checkContents: false };
  const traces = new Map(Array.from(input.traces, ([name, reader]) => [name, withoutSlices(reader)]));
  return { inSlices: unchecked, oneByOne: { ...unchecked, traces, onAccesses: () => {} } };
}

/** Every column of every event to come, up to about `events` of them. */
function rowsToCome(kernel: Kernel, events: number): string {
  let rows = "";
  const take = (): void => {
    const { types, timesNs, vms, processes, a, b, c, d, decisions, length } = kernel.takeBatch();
    for (let i = 0; i < length; i++)
      rows += `${[types, timesNs, vms, processes, a, b, c, d, decisions].map((column) => column[i]).join(" ")}\n`;
  };
  for (let left = events; left > 0 && kernel.advance(64, Number.POSITIVE_INFINITY) === "running";) {
    left -= kernel.pendingEvents;
    take();
  }
  take();
  return rows;
}

/** All of a snapshot: vitest compares arrays entry by entry, which takes a hundred times as long. */
function textOf(snapshot: KernelSnapshot): string {
  return JSON.stringify(snapshot, (_, value: unknown) =>
    ArrayBuffer.isView(value) ? `${value.constructor.name} ${textOfArray(value)}` : value,
  );
}

function textOfArray(array: ArrayBufferView): string {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength).join();
}

/** What a kernel does from somewhere on: its events, and the snapshot at their end. */
type Course = { readonly rows: string; readonly end: string };
type Courses = { readonly start: string; readonly fromStart: Course; readonly restored: Course };

function follow(kernel: Kernel, events: number): Course {
  const rows = rowsToCome(kernel, events);
  return { rows, end: textOf(kernel.save()) };
}

function coursesOf(input: KernelInput, actions: number, events: number): Courses {
  const kernel = createKernel(input);
  kernel.advance(Number.POSITIVE_INFINITY, actions);
  kernel.takeBatch();
  const snapshot = kernel.save();
  return { start: textOf(snapshot), fromStart: follow(kernel, events), restored: follow(restoreKernel(input, snapshot), events) };
}

/**
 * Snapshots after `actions` actions and at the end, and the events between, also from a kernel that is restored from the first
 * snapshot: once with slices of traces made in one step, once with each access made by itself.
 */
export function runBothWays(
  input: KernelInput,
  actions: number,
  events = Number.POSITIVE_INFINITY,
): { readonly inSlices: Courses; readonly oneByOne: Courses } {
  const { inSlices, oneByOne } = bothWays(input);
  return { inSlices: coursesOf(inSlices, actions, events), oneByOne: coursesOf(oneByOne, actions, events) };
}
