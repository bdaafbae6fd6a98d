import { assert } from "@ballast/core/assert";
import { type Check, type Sample, type SensitivityRow, subjectOf } from "./check.ts";
import type { Chart } from "./chart/chart.ts";
import { type Expectation, judge, meanOf, NO_PROOFS, standardErrorOf, type Verdict } from "./expectation.ts";
import type { TestBench } from "./lab/test-bench.ts";

export type FigureReport = {
  readonly figure: string;
  readonly unit: string;
  readonly expected: Expectation;
  /** The mean over the seeds. */
  readonly simulated: number;
  readonly standardError: number;
  /** One for each seed, or one. */
  readonly values: readonly number[];
  readonly verdict: Verdict;
};

export type CheckReport = {
  readonly check: Check;
  readonly subject: string;
  readonly figures: readonly FigureReport[];
  /** The first of `fail`, `pass`, `compared`, `configuration`, `identity` that any figure has. */
  readonly verdict: Verdict;
  readonly charts: readonly Chart[];
  readonly sensitivity: readonly SensitivityRow[];
  /** Of this machine, not simulated. */
  readonly seconds: number;
};

export async function runCheck(check: Check, testBench: TestBench): Promise<CheckReport> {
  const startedMs = performance.now();
  const { figures, charts = [], sensitivity = [] } = await check.run(testBench);
  const seconds = (performance.now() - startedMs) / 1000;
  const values = Object.fromEntries(Object.entries(figures).map(([label, sample]) => [label, valuesOf(sample)]));
  const reports = Object.entries(check.figures).map(([figure, { unit, expected, noProof }]): FigureReport => {
    const measured = values[figure] ?? [];
    assert(measured.length > 0 && measured.every(Number.isFinite), () => `${check.id} gave no number for "${figure}"`);
    const verdict = judge(expected, measured, values, noProof);
    const [simulated, standardError] = [meanOf(measured), standardErrorOf(measured)];
    return { figure, unit, expected, simulated, standardError, values: measured, verdict };
  });
  return { check, subject: subjectOf(check), figures: reports, verdict: verdictOf(reports), charts, sensitivity, seconds };
}

function valuesOf(sample: Sample): readonly number[] {
  return typeof sample === "number" ? [sample] : sample;
}

function verdictOf(figures: readonly FigureReport[]): Verdict {
  const verdicts = new Set(figures.map(({ verdict }) => verdict));
  return (["fail", "pass", "compared", ...NO_PROOFS] as const).find((verdict) => verdicts.has(verdict)) ?? "compared";
}
