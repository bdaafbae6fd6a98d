import { readFileSync } from "node:fs";
import { zstdDecompressSync } from "node:zlib";
import { EventCode, FaultKind } from "../packages/core/src/events/index.ts";
import { createKernel } from "../packages/core/src/kernel/index.ts";
import { type Policy, readParameters } from "../packages/core/src/policy/index.ts";
import { listTraces, parseScenario, type Scenario } from "../packages/core/src/scenario/index.ts";
import { recordParsed } from "../packages/core/src/testing/record-trace.ts";
import type { TraceReader } from "../packages/core/src/trace/index.ts";
import { policy as ballooning } from "../packages/policies/ballooning/src/index.ts";
import { policy as idleSteal } from "../packages/policies/idle-steal/src/index.ts";
import { policy as noReclaim } from "../packages/policies/no-reclaim/src/index.ts";
import { policy as randomSteal } from "../packages/policies/random-steal/src/index.ts";

export const POLICIES = { noReclaim, randomSteal, idleSteal, ballooning };

export type Outcome = {
  readonly finished: number;
  readonly killed: number;
  /** Of each VM, by its number: when it had done all its work; 0 if never. */
  readonly finishedNs: readonly number[];
  readonly hostSwapIns: number;
  readonly guestPageIns: number;
};

export function readScenarioFile(name: string): Scenario {
  return parseScenario(JSON.parse(readFileSync(new URL(`../scenarios/${name}.json`, import.meta.url), "utf8")));
}

/** Runs a scenario under a policy, with the parameters it has there. */
export function runOutcome(scenario: Scenario, policy: Policy): Outcome {
  const given = policy.name === scenario.policy.name ? scenario.policy.parameters : {};
  const parameters = readParameters(policy.parameters, given, "").values;
  const kernel = createKernel({ scenario, policy, parameters, traces: readTraces(scenario) });
  const outcome = { finished: 0, killed: 0, finishedNs: scenario.vms.map(() => 0), hostSwapIns: 0, guestPageIns: 0 };
  let status = kernel.status;
  while (status === "running") {
    status = kernel.advance(65_536, Number.POSITIVE_INFINITY);
    const { length, types, vms, b, timesNs } = kernel.takeBatch();
    for (let i = 0; i < length; i++) {
      if (types[i] === EventCode.VmTerminated) outcome.killed++;
      else if (types[i] === EventCode.PagePagedIn) outcome.guestPageIns++;
      else if (types[i] === EventCode.HostFaulted && b[i] === FaultKind.Major) outcome.hostSwapIns++;
      else if (types[i] === EventCode.VmFinished) {
        outcome.finished++;
        outcome.finishedNs[vms[i] - 1] = timesNs[i];
      }
    }
  }
  return outcome;
}

type TraceEntry = { readonly name: string; readonly file: string };

const traces = new Map<string, TraceReader>();

function readTraces(scenario: Scenario): ReadonlyMap<string, TraceReader> {
  for (const name of listTraces(scenario)) if (!traces.has(name)) traces.set(name, readTrace(name));
  return traces;
}

/** A recorded trace of the repository, parsed as an import parses it. */
export function readTrace(name: string): TraceReader {
  const folder = new URL("../traces/", import.meta.url);
  const entries = JSON.parse(readFileSync(new URL("traces.json", folder), "utf8")) as TraceEntry[];
  const file = entries.find((entry) => entry.name === name)?.file ?? name;
  const bytes = zstdDecompressSync(readFileSync(new URL(file, folder)));
  return recordParsed(file.includes(".lackey") ? "lackey" : "page-numbers", [bytes], { file }).reader;
}
