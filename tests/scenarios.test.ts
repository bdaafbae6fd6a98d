import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createKernel } from "../packages/core/src/kernel/index.ts";
import { Counter } from "../packages/core/src/memory/index.ts";
import { readParameters } from "../packages/core/src/policy/index.ts";
import { parseScenario, printScenario, type Scenario } from "../packages/core/src/scenario/index.ts";
import { BUNDLED } from "./bundled-policies.ts";
import { type Outcome, POLICIES, readScenarioFile, runOutcome } from "./scenario-outcomes.ts";
import { isLongRun } from "../packages/core/src/testing/index.ts";

const folder = new URL("../scenarios/", import.meta.url);
const names = readdirSync(folder)
  .filter((file) => /^(?!scenario\.schema).*\.json$/.test(file))
  .map((file) => file.replace(".json", ""));

describe.each(names)("the scenario file %s", (name) => {
  const form = JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as { readonly $schema?: string };

  test("is valid, is called as its file is, and says what is to be seen", () => {
    const scenario = parseScenario(form);
    expect(scenario.name).toBe(name);
    expect(scenario.description.length).toBeGreaterThan(50);
    expect(form.$schema).toBe("./scenario.schema.json");
    expect(parseScenario(JSON.parse(printScenario(scenario)))).toEqual(scenario);
  });

  test("is meant for a policy that comes with Ballast", () => {
    expect(BUNDLED.map((policy) => policy.name)).toContain(parseScenario(form).policy.name);
  });
});

type Outcomes = Readonly<Record<keyof typeof POLICIES, Outcome>>;

function compare(name: string): Outcomes {
  const scenario = readScenarioFile(name);
  const outcomes = Object.entries(POLICIES).map(([key, policy]) => [key, runOutcome(scenario, policy)]);
  return Object.fromEntries(outcomes) as Outcomes;
}

const hostSwapIns = ({ hostSwapIns: count }: Outcome): number => count;
const lastNs = ({ finishedNs }: Outcome): number => Math.max(...finishedNs);

/** What each scenario's `says` promises; the factors are far from the margins that were measured. */
const STORIES: Readonly<Record<string, (outcomes: Outcomes) => void>> = {
  phases: ({ randomSteal, idleSteal, ballooning }) => {
    expect(idleSteal.hostSwapIns).toBeLessThan(0.7 * randomSteal.hostSwapIns);
    expect(ballooning.hostSwapIns).toBeLessThan(0.3 * randomSteal.hostSwapIns);
    expect(ballooning.guestPageIns).toBeGreaterThan(0);
  },
  sample: ({ randomSteal, idleSteal, ballooning }) => {
    expect(randomSteal.hostSwapIns).toBeGreaterThan(500);
    expect([idleSteal.hostSwapIns, ballooning.hostSwapIns]).toEqual([0, 0]);
    expect(ballooning.guestPageIns).toBeGreaterThan(idleSteal.guestPageIns + 100);
  },
  "boot-storm": ({ randomSteal, idleSteal, ballooning }) => {
    expect(lastNs(idleSteal)).toBeLessThan(0.8 * lastNs(randomSteal));
    expect(lastNs(ballooning)).toBeLessThan(0.8 * lastNs(randomSteal));
  },
  "idle-vm-beside-thrashing-vm": ({ noReclaim, randomSteal, idleSteal, ballooning }) => {
    expect(noReclaim.finishedNs[1]).toBe(0);
    const busyNs = [idleSteal, ballooning, randomSteal].map(({ finishedNs }) => finishedNs[1] ?? 0);
    expect(busyNs).toEqual([...busyNs].sort((left, right) => left - right));
    expect(hostSwapIns(idleSteal)).toBe(0);
  },
};

const told = isLongRun ? Object.keys(STORIES) : ["phases"];

test.each(told)(
  "%s: only reclamation saves all VMs, and the policies differ as the scenario says",
  (name) => {
    const outcomes = compare(name);
    const { noReclaim, ...reclaiming } = outcomes;
    const vms = noReclaim.finishedNs.length;
    expect(noReclaim.killed).toBeGreaterThan(0);
    for (const outcome of Object.values(reclaiming)) expect([outcome.finished, outcome.killed]).toEqual([vms, 0]);
    STORIES[name]?.(outcomes);
  },
  300_000,
);

test("file-reads: only two-list keeps the server's memory from being pushed out by a file that is read once", () => {
  const scenario = readScenarioFile("file-reads");
  const swapIns = scenario.vms.map(({ name }) => [name, countSwapIns(scenario, name)] as const);
  const pagesOfServer = 3000;
  for (const [name, count] of swapIns) {
    if (name === "two-list") expect(count).toBe(0);
    else expect(count, name).toBeGreaterThan(pagesOfServer);
  }
});

/** Pages that one VM of a scenario, alone on the host, reads back from its own swap. */
function countSwapIns(scenario: Scenario, name: string): number {
  const vms = scenario.vms.filter((vm) => vm.name === name);
  const parameters = readParameters(POLICIES.noReclaim.parameters, {}, "").values;
  const kernel = createKernel({ scenario: { ...scenario, vms }, policy: POLICIES.noReclaim, parameters, traces: new Map() });
  while (kernel.advance(65_536, Number.POSITIVE_INFINITY) === "running") kernel.takeBatch();
  const { counters } = kernel.machine.vm(1);
  return counters[Counter.pageIns] - counters[Counter.filePageIns];
}
