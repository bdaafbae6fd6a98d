import type { ComponentChildren } from "preact";
import { StatusTag } from "../design/status-tag.tsx";
import { count, dateTime, timestamp } from "../format/numbers.ts";
import { pagePath } from "../page-paths.ts";

export type ListedRun = {
  readonly id: string;
  readonly scenarioName: string;
  readonly policyName: string;
  readonly seed: string;
  readonly status: string;
  readonly headTimeNs: string;
  readonly createdAt: string;
  readonly metrics?: { readonly faults?: string | null | undefined } | null;
};

/** Runs, each a link to its memory. `hasFaults`: with a column of faults. */
export function RunTable({ runs, hasFaults = false }: { readonly runs: readonly ListedRun[]; readonly hasFaults?: boolean }) {
  return (
    <div class="table-frame">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Policy</th>
            <th scope="col">Status</th>
            <Numeric isHeading>Seed</Numeric>
            <Numeric isHeading>Simulated time</Numeric>
            {hasFaults ? <Numeric isHeading>Faults</Numeric> : null}
            <Numeric isHeading>Created</Numeric>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <th scope="row">
                <a href={pagePath("map", { run: run.id })}>{run.scenarioName}</a> <code class="faint">{run.id}</code>
              </th>
              <td>{run.policyName}</td>
              <td>
                <StatusTag status={run.status} />
              </td>
              <Numeric>{run.seed}</Numeric>
              <Numeric>{timestamp(run.headTimeNs)}</Numeric>
              {hasFaults ? <Numeric>{run.metrics?.faults == null ? "\u2013" : count(run.metrics.faults)}</Numeric> : null}
              <Numeric>{dateTime(run.createdAt)}</Numeric>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Numeric({ isHeading = false, children }: { readonly isHeading?: boolean; readonly children: ComponentChildren }) {
  return isHeading ? (
    <th scope="col" class="number">
      {children}
    </th>
  ) : (
    <td class="number">{children}</td>
  );
}
