import type { Reporter, SerializedError, TestModule, TestRunEndReason } from "vitest/node";

/** Prints `N passed, N failed` alone on the run's last line, so that a script needs no parser to read the outcome. */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[], reason: TestRunEndReason): void {
    const counts = countResults(modules, errors.length);
    // A set-up that fails before the first test is reported nowhere else.
    if (reason === "failed" && counts.failed === 0) counts.failed = 1;
    console.log(closingLine(counts));
  }
}

export type ResultCounts = { passed: number; failed: number; skipped: number };

/** A file that could not be loaded and an error outside every test have no test of their own: each counts as a failure. */
export function countResults(modules: readonly TestModule[], unhandledErrors: number): ResultCounts {
  const counts = { passed: 0, failed: unhandledErrors, skipped: 0 };
  for (const module of modules) {
    const failedBefore = counts.failed;
    for (const test of module.children.allTests()) {
      const state = test.result().state;
      counts[state === "pending" ? "skipped" : state] += 1;
    }
    if (module.state() === "failed" && counts.failed === failedBefore) counts.failed += 1;
  }
  return counts;
}

export function closingLine({ passed, failed, skipped }: ResultCounts): string {
  const skippedPart = skipped > 0 ? `, ${skipped} skipped` : "";
  return `${passed} passed, ${failed} failed${skippedPart}`;
}
