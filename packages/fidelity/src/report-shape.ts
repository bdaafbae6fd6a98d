import { type Check, subjectOf } from "./check.ts";
import type { CheckReport } from "./run-check.ts";

/** A check without its run, for machines. */
export function checkShape(check: Check): Record<string, unknown> {
  const { id, title, source, confidence, method = null } = check;
  const figures = Object.entries(check.figures).map(([figure, { unit, expected, noProof = null }]) => ({
    figure,
    unit,
    expected,
    noProof,
  }));
  return { id, subject: subjectOf(check), title, source, confidence, method, figures };
}

/** A check and what came out, for machines. */
export function reportShape({ check, figures, verdict, sensitivity, seconds }: CheckReport): Record<string, unknown> {
  return { ...checkShape(check), figures, verdict, sensitivity, seconds };
}
