import { eventType, type KnownEvents, SUBJECT_VALUES, viewEvent } from "../events/index.ts";
import { createKernel, type Kernel, type KernelInput } from "../kernel/index.ts";
import type { Policy } from "../policy/index.ts";
import type { Scenario } from "../scenario/index.ts";
import type { TraceReader } from "../trace/index.ts";
import { HistoryChecker } from "./history-checker.ts";
import { quietPolicy } from "./small-scenario.ts";

/** The input of a kernel that checks contents. */
export function kernelInput(
  scenario: Scenario,
  policy: Policy = quietPolicy,
  traces: ReadonlyMap<string, TraceReader> = new Map(),
): KernelInput {
  return { scenario, policy, parameters: {}, traces, checkContents: true };
}

/** Advances until nothing happens any more, `events` at a time; gives each batch to `onBatch`. */
export function drain(kernel: Kernel, events: number, onBatch: (batch: KnownEvents) => void): void {
  while (kernel.advance(events, Number.POSITIVE_INFINITY) === "running") onBatch(kernel.takeBatch());
  onBatch(kernel.takeBatch());
}

/**
 * Runs a scenario and checks its history batch by batch: to its end, or until `maxEvents` are checked. Throws with the first
 * faults.
 */
export function runChecked(
  input: KernelInput,
  events = 64,
  maxEvents = Number.POSITIVE_INFINITY,
): { kernel: Kernel; checker: HistoryChecker; isCut: boolean } {
  const kernel = createKernel(input);
  const checker = new HistoryChecker();
  const check = (batch: KnownEvents): void => {
    checker.check(batch, kernel.machine);
    if (checker.faults.length > 0) throw new Error(checker.faults.slice(0, 5).join("\n"));
  };
  let checked = 0;
  while (kernel.advance(events, Number.POSITIVE_INFINITY) === "running") {
    const batch = kernel.takeBatch();
    check(batch);
    checked += batch.length;
    if (checked >= maxEvents) return { kernel, checker, isCut: true };
  }
  check(kernel.takeBatch());
  return { kernel, checker, isCut: false };
}

/** The history of a run as lines, one per event: its name and its fields, choices and texts in words. */
export function historyOf(kernel: Kernel, leaveOut: readonly string[] = []): string[] {
  const lines: string[] = [];
  drain(kernel, 1024, (batch) => {
    for (let i = 0; i < batch.length; i++) {
      if (leaveOut.includes(eventType(batch.types[i]).name)) continue;
      const { type, vm, process, fields } = viewEvent(batch, i, (id) => kernel.machine.text(id));
      const subject = ["", ` vm ${vm}`, ` vm ${vm} process ${process}`][SUBJECT_VALUES[type.subject]];
      const shown = fields.map((told) => `${told.field.name} ${told.shown}`).join(", ");
      lines.push(`${type.name}${subject}${shown === "" ? "" : `: ${shown}`}`);
    }
  });
  return lines;
}
