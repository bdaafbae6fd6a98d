import { listTraces, type Scenario } from "@ballast/core/scenario";
import type { Application } from "@ballast/server/application";
import { type Comparison, isFinal, type RunStatus } from "@ballast/server/runs";
import { getTrace } from "@ballast/server/traces";
import type { Cli } from "./cli.ts";
import { expectedAccesses } from "./expected-accesses.ts";
import { followRun } from "./follow-run.ts";
import { showCount } from "./output/quantities.ts";

type Part = { readonly policy: string; accesses: number; events: number; status: RunStatus };

/** Waits for every run of a comparison, and shows how far they are together. */
export async function followComparison(cli: Cli, application: Application, comparison: Comparison, scenario: Scenario): Promise<void> {
  const expected = await accessesExpected(application, scenario);
  const parts: Part[] = [];
  const follow = async (policy: string, runId: string): Promise<void> => {
    const part: Part = { policy, accesses: 0, events: 0, status: "queued" };
    parts.push(part);
    await followRun(application.runs, runId, cli.signal, ({ accesses, headPosition, status }) => {
      Object.assign(part, { accesses, events: headPosition, status });
      showParts(cli, parts, expected);
    });
  };
  const followed = comparison.entries.flatMap(({ label, run }) => (run ? [follow(label, run.id)] : []));
  await Promise.all(followed);
  cli.progress.clear();
}

/** Of one run; undefined if that cannot be known before it has ended. */
export async function accessesExpected({ pool }: Application, scenario: Scenario): Promise<number | undefined> {
  const references = new Map<string, number>();
  for (const name of listTraces(scenario)) references.set(name, (await getTrace(pool, name)).referenceCount);
  return expectedAccesses(scenario, references);
}

function showParts({ progress }: Cli, parts: readonly Part[], expected: number | undefined): void {
  const done = parts.filter(({ status }) => isFinal(status)).length;
  const shares = parts.map((part) => (isFinal(part.status) ? 1 : part.accesses / (expected ?? NaN)));
  const fraction = shares.reduce((total, share) => total + share, 0) / parts.length;
  const events = parts.reduce((total, part) => total + part.events, 0);
  progress.update({
    label: `Comparing ${parts.map(({ policy }) => policy).join(", ")}`,
    fraction: Number.isNaN(fraction) ? undefined : Math.min(1, fraction),
    detail: `${done} of ${parts.length} done, ${showCount(events)} events`,
  });
}
