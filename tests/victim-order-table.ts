import { createKernel, type KernelInput } from "../packages/core/src/kernel/index.ts";
import { Counter } from "../packages/core/src/memory/index.ts";
import { readParameters } from "../packages/core/src/policy/index.ts";
import { countClockMisses, countFifoMisses, countLruMisses } from "../packages/core/src/testing/reference-replacement.ts";
import { quietPolicy, smallHost, smallScenario, smallVm } from "../packages/core/src/testing/small-scenario.ts";
import type { TraceReader } from "../packages/core/src/trace/index.ts";
import type { Workload } from "../packages/core/src/workload/index.ts";
import { policy as hostSwap } from "../packages/policies/host-swap/src/index.ts";
import { readTrace } from "./scenario-outcomes.ts";

const ORDERS = ["fifo", "clock", "lru"] as const;
type Order = (typeof ORDERS)[number];

type Program = {
  readonly title: string;
  readonly workload: Workload;
  readonly pages: number;
  readonly traces: ReadonlyMap<string, TraceReader>;
  readonly frames: readonly number[];
};

/** Faults of one program with a number of frames: by the hypervisor's order, by a guest's replacement, by a plain algorithm. */
export type Row = {
  readonly program: string;
  readonly frames: number;
  readonly order: Order;
  readonly hostSwap: number;
  readonly guest: number;
  readonly reference: number;
};

const recorded = readTrace("true");

const PROGRAMS: readonly Program[] = [
  {
    title: "Zipf, 100,000 references to 2,000 pages, exponent 1",
    workload: { kind: "zipf", firstPage: 0, pages: 2000, accesses: 100_000, exponent: 1, writeRatio: 0.3 },
    pages: 2000,
    traces: new Map(),
    frames: [500, 1000, 1500],
  },
  {
    title: `the recorded trace true, 147,129 references to ${recorded.pageCount} pages`,
    workload: { kind: "trace", trace: "true", times: 1 },
    pages: recorded.pageCount,
    traces: new Map([["true", recorded]]),
    frames: [24, 48, 96],
  },
];

export function measureOrders(): Row[] {
  return PROGRAMS.flatMap((program) => {
    const references = listPages(program);
    return program.frames.flatMap((frames) => ORDERS.map((order) => rowOf(program, references, frames, order)));
  });
}

function rowOf(program: Program, references: readonly number[], frames: number, order: Order): Row {
  return {
    program: program.title,
    frames,
    order,
    hostSwap: faultsUnderHostSwap(program, frames, order),
    guest: missesInGuest(program, frames, order),
    reference: REFERENCES[order](references, frames),
  };
}

const REFERENCES = {
  fifo: countFifoMisses,
  clock: (pages: readonly number[], frames: number) => countClockMisses(pages, frames, "set"),
  lru: countLruMisses,
} as const satisfies Record<Order, unknown>;

/** A VM that never replaces a page itself, on a host of `frames` frames without a reserve. */
function faultsUnderHostSwap(program: Program, frames: number, order: Order): number {
  const vm = smallVm("vm", program.pages, program.workload, { balloon: null });
  const parameters = readParameters(hostSwap.parameters, { order, reserveFraction: 0 }, "").values;
  const scenario = smallScenario(smallHost(frames, { swapPages: program.pages }), [vm]);
  const { counters } = run({ scenario, policy: hostSwap, parameters, traces: program.traces });
  return (counters[Counter.hostMinorFaults] ?? 0) + (counters[Counter.hostMajorFaults] ?? 0);
}

/** A guest of a number of real pages, on a host that has enough. */
function missesInGuest(program: Program, frames: number, order: Order, onAccesses?: KernelInput["onAccesses"]): number {
  const vm = smallVm("vm", frames, program.workload, { balloon: null, replacement: order, virtualPages: program.pages });
  const scenario = smallScenario(smallHost(frames + 8), [vm]);
  const { counters } = run({
    scenario,
    policy: quietPolicy,
    parameters: {},
    traces: program.traces,
    ...(onAccesses === undefined ? {} : { onAccesses }),
  });
  return (counters[Counter.guestMinorFaults] ?? 0) + (counters[Counter.guestMajorFaults] ?? 0);
}

function listPages(program: Program): number[] {
  const references: number[] = [];
  missesInGuest(program, program.pages, "fifo", (_vm, _process, pages, from, count) => {
    for (const page of pages.subarray(from, from + count)) references.push(page);
  });
  return references;
}

function run(input: KernelInput): { readonly counters: Float64Array } {
  const kernel = createKernel(input);
  while (kernel.advance(65_536, Number.POSITIVE_INFINITY) === "running") kernel.takeBatch();
  return kernel.machine.vm(1);
}

/** The table as the README of host-swap shows it. */
export function orderTable(rows: readonly Row[]): string {
  const digits = (count: number): string => count.toLocaleString("en-US");
  const lines = rows.map(
    ({ program, frames, order, ...faults }) =>
      `| ${program} | ${digits(frames)} | ${order} | ${digits(faults.hostSwap)} | ${digits(faults.guest)} | ${digits(faults.reference)} |`,
  );
  return [
    "| program | frames | order | host-swap | guest's replacement | plain algorithm |",
    "| --- | --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}
