import type { Scenario } from "../packages/core/src/scenario/index.ts";
import type { TraceReader } from "../packages/core/src/trace/index.ts";
import { quietPolicy, smallHost, smallScenario, smallVm } from "../packages/core/src/testing/small-scenario.ts";
import { policy as ballooning } from "../packages/policies/ballooning/src/index.ts";
import { policy as idleSteal } from "../packages/policies/idle-steal/src/index.ts";
import { bareLoop, digestOf, readTrace, simulate } from "./measuring/kernel-work.ts";
import { compareVariants } from "./measuring/compare-variants.ts";
import { isQuick, printDigest, printHeading } from "./measuring/report.ts";

const NAMES = isQuick ? ["gzip"] : ["perl", "sort", "sqlite"];
const ROUNDS = isQuick ? 1 : 5;
const OVERCOMMITMENT = 1.5;

const traces = new Map(NAMES.map((name) => [name, readTrace(name)]));

function vmsOf(readers: ReadonlyMap<string, TraceReader>): Scenario["vms"] {
  return [...readers].map(([trace, { pageCount }]) =>
    smallVm(
      trace,
      pageCount,
      { kind: "trace", trace, times: 1 },
      {
        balloon: { driver: "simple", pollNs: 1_000_000, pollPages: 256, capFraction: 0.65 },
      },
    ),
  );
}

function scenarioOf(overcommitment: number): Scenario {
  const vms = vmsOf(traces);
  const configured = vms.reduce((total, vm) => total + vm.configuredPages, 0);
  const host = smallHost(Math.ceil((configured / overcommitment) * (overcommitment === 1 ? 1.1 : 1)));
  return smallScenario(host, vms, { lookaheadNs: 50_000, sampleNs: 1_000_000_000 });
}

const ample = scenarioOf(1);
const tight = scenarioOf(OVERCOMMITMENT);
const references = [...traces.values()].reduce((total, { referenceCount }) => total + referenceCount, 0);
printHeading("kernel alone", `recorded traces ${NAMES.join(", ")}: ${references} references, one VM each`);
printDigest("ample", digestOf(ample, quietPolicy, traces));
printDigest("tight", digestOf(tight, idleSteal, traces));
await compareVariants(
  [
    { name: "bare loop over the same arrays", work: () => sum([...traces.values()].map((reader) => bareLoop(reader))) },
    { name: "two levels, no pressure", work: () => simulate(ample, quietPolicy, traces).accesses },
    { name: `two levels, ${OVERCOMMITMENT}x overcommitted, idle-steal`, work: () => simulate(tight, idleSteal, traces).accesses },
    { name: `two levels, ${OVERCOMMITMENT}x overcommitted, ballooning`, work: () => simulate(tight, ballooning, traces).accesses },
  ],
  "accesses",
  ROUNDS,
);

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
