import { BallastError } from "@ballast/core/errors";
import { printScenario } from "@ballast/core/scenario";
import { eventsNotKept } from "../../event-store/index.ts";
import type { Run, RunService } from "../../runs/index.ts";
import { ComparedLog } from "./compared-log.ts";
import { type EventSource, findEvents } from "./find-events.ts";
import type { RunEvent } from "./run-event.ts";

/** Where one of several runs first differs from the others. */
export type DifferenceSide = {
  readonly run: Run;
  readonly event: RunEvent;
  /** Position of the last event that all have; 0: none. */
  readonly equalPosition: number;
  /** Number of the decision that the event goes back to, or else of the latest at or before it; 0: none. */
  readonly decision: number;
  /** Numbers of the decisions since the last event that all have. */
  readonly newDecisions: readonly number[];
};

export type RunDifference = { readonly equalEvents: number; readonly sides: readonly DifferenceSide[] };

const [MIN_RUNS, MAX_RUNS] = [2, 4];

/**
 * Runs that can be compared: of one scenario, whatever their policies, and one seed.
 * @throws BallastError RUN_NOT_FOUND, EVENTS_NOT_KEPT, INPUT_INVALID.
 */
export async function comparableRuns(service: RunService, ids: readonly string[]): Promise<readonly Run[]> {
  if (ids.length < MIN_RUNS || ids.length > MAX_RUNS) {
    throw new BallastError("INPUT_INVALID", `${ids.length} runs were given: ${MIN_RUNS} to ${MAX_RUNS} can be compared`);
  }
  const runs = await Promise.all(ids.map((id) => service.findRun(id)));
  if (new Set(runs.map(({ id }) => id)).size < runs.length) {
    throw new BallastError("INPUT_INVALID", "a run was given twice: give different ones");
  }
  for (const { id, keeps } of runs) if (keeps === "figures") throw eventsNotKept(id);
  const inputs = await Promise.all(runs.map(async (run) => await inputOf(service, run)));
  const other = runs[inputs.findIndex((input) => input !== inputs[0])];
  if (other === undefined) return runs;
  const [first] = runs;
  throw new BallastError(
    "INPUT_INVALID",
    `the runs ${nameOf(first!)} and ${nameOf(other)} differ in more than their policy: give runs of one scenario and seed, such as those of an experiment`,
  );
}

/** The scenario with its seed, without the choice of a policy. */
async function inputOf(service: RunService, { id }: Run): Promise<string> {
  const scenario = await service.getScenario(id);
  return printScenario({ ...scenario, policy: { name: "any", parameters: {} } });
}

const nameOf = ({ id, scenarioName, seed }: Run): string => `${id} (${scenarioName}, seed ${seed})`;

/** Reads the runs in step and stops where they differ; null: they are equal as far as the shortest goes. @throws as `readEvents`. */
export async function firstDifference(source: EventSource, runs: readonly Run[]): Promise<RunDifference | null> {
  const logs = runs.map((run) => new ComparedLog(source, run));
  try {
    const equalEvents = await countEqual(logs);
    return equalEvents === undefined ? null : { equalEvents, sides: await Promise.all(logs.map((log) => sideOf(source, log))) };
  } finally {
    await Promise.all(logs.map((log) => log.close()));
  }
}

/** Undefined if one of them has no more events. */
async function countEqual(logs: readonly ComparedLog[]): Promise<number | undefined> {
  const [first, ...others] = logs;
  for (let count = 0; ;) {
    for (const log of logs) while (!log.settle()) if (!(await log.load())) return undefined;
    const equal = Math.min(...others.map((other) => first!.countEqual(other)));
    if (equal === 0 && !others.every((other) => first!.isEqual(other))) return count;
    for (const log of logs) log.pass(Math.max(1, equal));
    count += Math.max(1, equal);
  }
}

async function sideOf(source: EventSource, log: ComparedLog): Promise<DifferenceSide> {
  const { run, position, equalPosition, decision, decisions } = log;
  const [event] = await findEvents(source, run, { toPosition: position }, { beyond: position - 1, max: 1 });
  return { run, event: event!, equalPosition, decision, newDecisions: decisions };
}
