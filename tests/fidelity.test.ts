import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadBundledPolicies } from "../packages/server/src/installed-policies/index.ts";
import { drawChart } from "../packages/fidelity/src/chart/draw-chart.ts";
import { CHECKS, SUBJECTS } from "../packages/fidelity/src/checks/index.ts";
import { checkLines } from "../packages/fidelity/src/fidelity/fidelity-page.ts";
import { subjectOf } from "../packages/fidelity/src/check.ts";
import { runChecks } from "../packages/fidelity/src/run-checks.ts";
import { isLongRun } from "../packages/core/src/testing/index.ts";

const folder = new URL("../docs/", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), "utf8");
const page = read("fidelity.md");

/** All checks take one or two minutes by themselves, and several under the test runner beside other tests. */
const TIMEOUT_MS = 1_800_000;

/** The oracle is the simulator as it is now. `npx ballast reproduce --write docs` makes the page anew. */
describe("docs/fidelity.md", () => {
  test("has every check and no other, in their order", () => {
    const told = [...page.matchAll(/^### `(.+)`$/gm)].map(([, id]) => id);
    expect(told).toEqual(CHECKS.map(({ id }) => id));
  });

  test("shows every chart in its folder, and none that is not there", () => {
    const shown = [...page.matchAll(/\]\((fidelity\/[^)]+\.svg)\)/g)].map(([, file]) => file ?? "");
    const kept = existsSync(new URL("fidelity", folder)) ? readdirSync(new URL("fidelity", folder)) : [];
    expect(shown.sort()).toEqual(kept.map((name) => `fidelity/${name}`).sort());
  });

  test(
    "says of every quick check what running it gives now, in a long run of every check, and all of them pass",
    async () => {
      const chosen = CHECKS.filter(({ isQuick }) => isQuick || isLongRun);
      const signal = new AbortController().signal;
      for await (const report of runChecks(chosen, { policies: await loadBundledPolicies(), signal })) {
        expect(page).toContain(checkLines(report).join("\n"));
        for (const chart of report.charts) expect(read(`fidelity/${chart.name}.svg`)).toBe(drawChart(chart));
        expect([report.check.id, report.verdict]).not.toContain("fail");
      }
    },
    TIMEOUT_MS,
  );

  test("has no figure that failed", () => {
    expect(page).not.toContain("**fail**");
  });
});

describe("the checks", () => {
  test("have ids of their own, under their subjects", () => {
    expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
    for (const { name, checks } of SUBJECTS) {
      for (const check of checks) expect([subjectOf(check), check.id]).toEqual([name, expect.stringMatching(/^[a-z0-9-]+\.[a-z0-9-]+$/)]);
    }
  });

  test("hold every policy that comes with Ballast against MIN, but where VMs are ended or pages shared", async () => {
    const installed = (await loadBundledPolicies()).listPolicies().map(({ name }) => name);
    const held = Object.keys(CHECKS.find(({ id }) => id === "bounds.min")?.figures ?? {});
    expect(held.toSorted()).toEqual(installed.filter((name) => name !== "no-reclaim" && name !== "ksm"));
  });

  test("judge nothing by what is only known to the field, and something by what is published or derived", () => {
    for (const { id, confidence, figures } of CHECKS) {
      const isJudged = Object.values(figures).some(({ expected }) => expected.kind !== "compare");
      expect([id, isJudged]).toEqual([id, confidence !== "field"]);
    }
  });
});
