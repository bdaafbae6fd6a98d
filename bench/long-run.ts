import type { Scenario } from "../packages/core/src/scenario/index.ts";
import { smallHost, smallScenario, smallVm } from "../packages/core/src/testing/small-scenario.ts";
import { policy as idleSteal } from "../packages/policies/idle-steal/src/index.ts";
import { digestOf, simulate } from "./measuring/kernel-work.ts";
import { isQuick, printDigest, printHeading, printRow } from "./measuring/report.ts";

const ACCESSES = isQuick ? [10_000, 20_000] : [100_000_000, 300_000_000, 1_000_000_000];
const VMS = 4;
const PAGES = 16_384;
const OVERCOMMITMENT = 1.2;

/** VMs that touch few pages often and all of them sometimes, on a host that has less memory than they touch together. */
function scenarioOf(accesses: number): Scenario {
  const workload = { kind: "zipf", firstPage: 0, pages: PAGES, exponent: 1, accesses: accesses / VMS, writeRatio: 0.3 } as const;
  const vms = Array.from({ length: VMS }, (_, index) => smallVm(`vm${index}`, PAGES, workload, { balloon: null }));
  return smallScenario(smallHost(Math.ceil((VMS * PAGES) / OVERCOMMITMENT)), vms, { lookaheadNs: 50_000 });
}

printHeading("long runs", `${VMS} VMs, ${PAGES} pages each, zipf, ${OVERCOMMITMENT}x overcommitted, idle-steal; kernel alone`);
let first = Number.NaN;
for (const accesses of ACCESSES) {
  const scenario = scenarioOf(accesses);
  const [start, before] = [performance.now(), process.cpuUsage()];
  const made = simulate(scenario, idleSteal);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const perMillion = (user + system) / made.accesses;
  if (Number.isNaN(first)) first = perMillion;
  printRow(`${accesses / 1e6} M accesses`, {
    events: [made.events / 1e6, "M"],
    "elapsed time": [seconds, "s"],
    "processor time": [perMillion, "s per M accesses"],
    "of the first": [perMillion / first, ""],
  });
}
printDigest(`${ACCESSES[0] / 1e6} M accesses`, digestOf(scenarioOf(ACCESSES[0]), idleSteal));
