import { expect, test } from "vitest";
import { parseScenario, seedVariation } from "@ballast/core/scenario";
import { seedNote } from "./seed-note.ts";

const uniform = { kind: "uniform", pages: 8, accesses: 10 };
const trace = { kind: "trace", trace: "latex" };

function noteOf(...vms: readonly (readonly [name: string, workload: object, more?: object])[]): string {
  const parsed = vms.map(([name, workload, more]) =>
    Object.assign({ name, configuredPages: 64, processes: [{ virtualPages: 32, workload }] }, more),
  );
  return seedNote(seedVariation(parseScenario({ name: "tiny", host: { framePages: 4096 }, vms: parsed, policy: { name: "no-reclaim" } })));
}

/** Written down by hand. */
test("the note says what the seeds vary of each VM, and what they leave alone", () => {
  expect(noteOf(["a", uniform], ["b", trace, { startJitterNs: 5 }], ["c", trace])).toBe(
    "The seeds vary the accesses of a; the arrival of b; nothing of c; and random choices of the policy and of guests.",
  );
  expect(noteOf(["a", uniform], ["b", uniform])).toBe(
    "The seeds vary the accesses of a and b; and random choices of the policy and of guests.",
  );
  expect(noteOf(["c", trace])).toMatch(/^The seeds vary random choices of the policy and of guests alone: /);
});
