import { setImmediate } from "node:timers/promises";
import type { EventBatch } from "@ballast/core/events";
import { createBoundedKernel, createKernel, type FaultBound, type Kernel, type KernelInput } from "@ballast/core/kernel";
import { Counter, type CounterName, type MachineTables } from "@ballast/core/memory";
import { type Policy, readParameters } from "@ballast/core/policy";
import { parseScenario } from "@ballast/core/scenario";

/** A run in memory. */
export type Simulation = {
  /** A scenario as its JSON states it. Its own policy is what runs, unless `policy` is given. */
  readonly scenario: Readonly<Record<string, unknown>>;
  /** Instead of the scenario's seed. */
  readonly seed?: number;
  /** Instead of an installed policy: one that the experiment itself brings. */
  readonly policy?: Policy;
  /** Gets every batch of events, with the tables as of its last event. */
  readonly onBatch?: (batch: EventBatch, machine: MachineTables) => void;
  /** Gets every access in the order in which the machine made it. */
  readonly onAccesses?: NonNullable<KernelInput["onAccesses"]>;
};

export type Simulated = {
  readonly machine: MachineTables;
  readonly timeNs: number;
  /** A counter of a VM at the end. */
  readonly count: (counter: CounterName, vm?: number) => number;
};

/** A run beside the fewest faults that were possible on its accesses. */
export type Bounded = Simulated & { readonly bound: FaultBound };

/** Events of one batch: few enough that a signal takes effect immediately. */
const BATCH_EVENTS = 32_768;
/** Scheduler actions after which the signal is looked at even if nothing happened. */
const ACTIONS = 100_000;

export type PolicyNamed = (name: string) => Policy;

export async function simulate(simulation: Simulation, policyNamed: PolicyNamed, signal: AbortSignal): Promise<Simulated> {
  const { onAccesses } = simulation;
  const input = kernelInput(simulation, policyNamed);
  const kernel = createKernel(onAccesses === undefined ? input : { ...input, onAccesses });
  return await drain(kernel, simulation, signal);
}

/** The same, with Belady's MIN on the accesses of the run. */
export async function simulateBounded(simulation: Simulation, policyNamed: PolicyNamed, signal: AbortSignal): Promise<Bounded> {
  const { kernel, bound } = createBoundedKernel(kernelInput(simulation, policyNamed));
  const simulated = await drain(kernel, simulation, signal);
  return { ...simulated, bound: bound() };
}

async function drain(kernel: Kernel, { onBatch }: Simulation, signal: AbortSignal): Promise<Simulated> {
  let status = kernel.status;
  while (status === "running") {
    status = kernel.advance(BATCH_EVENTS, ACTIONS);
    const batch = kernel.takeBatch();
    onBatch?.(batch, kernel.machine);
    await setImmediate();
    signal.throwIfAborted();
  }
  const { machine, timeNs } = kernel;
  return { machine, timeNs, count: (counter, vm = 1) => machine.vm(vm).counters[Counter[counter]] ?? 0 };
}

function kernelInput({ scenario: form, seed, policy: own }: Simulation, policyNamed: PolicyNamed): KernelInput {
  const parsed = parseScenario(form);
  const scenario = seed === undefined ? parsed : { ...parsed, seed };
  const policy = own ?? policyNamed(scenario.policy.name);
  const given = own === undefined ? scenario.policy.parameters : {};
  const { values, problems } = readParameters(policy.parameters, given, "/policy/parameters");
  for (const { path, message } of problems) throw new RangeError(`${path}: ${message}`);
  return { scenario, policy, parameters: values, traces: new Map() };
}
