import { Answered } from "../design/answered.tsx";
import { Empty } from "../design/notice.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { pagePath } from "../page-paths.ts";
import type { RunHead } from "../run/run-head.ts";
import { FirstDifference } from "./first-difference.tsx";
import { OwnersLegend } from "./owners-legend.tsx";
import { askedRuns, MIN_RUNS, shownPlace } from "./place.ts";
import { RunColumn } from "./run-column.tsx";
import "./side-by-side.css";
import { Transport } from "./transport.tsx";
import { useRuns } from "./use-runs.ts";

/** Two to four runs of one scenario and seed on one timeline. */
export function Screen() {
  const ids = askedRuns();
  return (
    <div class="stack">
      <h1>Side by side</h1>
      {ids.length < MIN_RUNS ? <NoRuns /> : <Loaded ids={ids} />}
    </div>
  );
}

function NoRuns() {
  return (
    <Empty title="No runs are chosen">
      <p>
        Open <a href={pagePath("experiments", {})}>an experiment</a> and mark two to four runs of one seed in its table of runs.
      </p>
    </Empty>
  );
}

function Loaded({ ids }: { readonly ids: readonly string[] }) {
  const { data, error, askAgain } = useRuns(ids);
  return (
    <Answered answer={{ data, error, askAgain, isLoading: data === undefined }} skeleton={<Skeleton height={30} />}>
      {(runs) => <Runs key={ids.join()} runs={runs} />}
    </Answered>
  );
}

function Runs({ runs }: { readonly runs: readonly RunHead[] }) {
  const place = shownPlace(runs.length);
  const endNs = Math.max(...runs.map(({ headTimeNs }) => Number(headTimeNs)));
  const [first] = runs;
  return (
    <>
      <p class="soft">
        {first?.scenarioName}, seed {first?.seed}: {runs.map(({ policyName }) => policyName).join(", ")}
      </p>
      <Transport place={place} endNs={endNs} runs={runs} />
      <FirstDifference runs={runs} />
      {first === undefined ? null : <OwnersLegend run={first} />}
      <div class={`side-by-side side-by-side-${runs.length}`}>
        {runs.map((run, index) => (
          <RunColumn key={run.id} run={run} place={place} index={index} />
        ))}
      </div>
    </>
  );
}
