import type { ComponentChildren } from "preact";
import { StatusTag } from "../design/status-tag.tsx";
import { count, dateTime, timestamp } from "../format/numbers.ts";
import { pagePath } from "../page-paths.ts";

export type ListedRun = {
  readonly id: string;
  readonly scenarioName: string;
  readonly policyName: string;
  readonly seed: string;
  readonly label?: string | null;
  readonly status: string;
  readonly headTimeNs: string;
  readonly createdAt: string;
  readonly metrics?: { readonly faults?: string | null | undefined } | null;
};

/** The rest of an id tells runs apart for programs only. */
const SHOWN_ID = 8;

/** Runs, each a link to its memory. `isBrief`: without times and faults. */
export function RunTable({ runs, isBrief = false }: { readonly runs: readonly ListedRun[]; readonly isBrief?: boolean }) {
  return (
    <div class="table-frame">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Policy</th>
            <th scope="col">Status</th>
            <Numeric isHeading>Seed</Numeric>
            {isBrief ? null : <Numeric isHeading>Simulated time</Numeric>}
            {isBrief ? null : <Numeric isHeading>Faults</Numeric>}
            {isBrief ? null : <Numeric isHeading>Created</Numeric>}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <th scope="row">
                <a href={pagePath("map", { run: run.id })}>{run.scenarioName}</a>{" "}
                <code class="faint" title={run.id}>
                  {run.id.slice(0, SHOWN_ID)}
                </code>
                {run.label == null ? null : <span class="tag run-label">{run.label}</span>}
              </th>
              <td class="no-wrap">{run.policyName}</td>
              <td>
                <StatusTag status={run.status} />
              </td>
              <Numeric>{run.seed}</Numeric>
              {isBrief ? null : <Numeric>{timestamp(run.headTimeNs)}</Numeric>}
              {isBrief ? null : <Numeric>{run.metrics?.faults == null ? "\u2013" : count(run.metrics.faults)}</Numeric>}
              {isBrief ? null : <Numeric>{dateTime(run.createdAt)}</Numeric>}
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
