import { Answered } from "../design/answered.tsx";
import { Failure } from "../design/notice.tsx";
import { Panel } from "../design/panel.tsx";
import { Skeleton, SkeletonLines } from "../design/skeleton.tsx";
import type { ScreenProps } from "../shell/screen-props.ts";
import { CurvesPanel } from "./curves-panel.tsx";
import "./experiment.css";
import { Head } from "./head.tsx";
import { MetricPanel } from "./metric-panel.tsx";
import { OriginPanel } from "./origin-panel.tsx";
import { ResultsTable } from "./results-table.tsx";
import { RunsPanel } from "./runs-panel.tsx";
import { type Analysis, type Experiment, useExperiment } from "./use-experiment.ts";
import { VerdictPanel } from "./verdict-panel.tsx";

/** An experiment: verdicts first, then what they rest on. */
export function Screen({ places }: ScreenProps) {
  const id = places["experiment"] ?? "";
  const { head, analysis } = useExperiment(id);
  if (head.data === undefined && head.error !== undefined) {
    return (
      <>
        <h1>Experiment {id}</h1>
        <Failure error={head.error} onRetry={head.askAgain} />
      </>
    );
  }
  return (
    <Answered answer={head} skeleton={<HeadSkeleton />}>
      {(experiment) => (
        <>
          <Head experiment={experiment} />
          <Answered answer={analysis} skeleton={<AnalysisSkeleton />}>
            {(shown) => <Analysed experiment={experiment} analysis={shown} />}
          </Answered>
          <CurvesPanel experiment={experiment} />
          <RunsPanel experiment={experiment} />
          <OriginPanel experiment={experiment} />
        </>
      )}
    </Answered>
  );
}

function Analysed({ experiment, analysis }: { readonly experiment: Experiment; readonly analysis: Analysis }) {
  return (
    <>
      <VerdictPanel experiment={experiment} analysis={analysis} />
      {analysis.metrics.length === 0 ? null : (
        <>
          <MetricPanel experiment={experiment} analysis={analysis} />
          <ResultsTable experiment={experiment} analysis={analysis} />
        </>
      )}
    </>
  );
}

function HeadSkeleton() {
  return (
    <div class="stack">
      <Skeleton height={2.1} width="24rem" />
      <Skeleton height={1.5} width="60%" />
      <AnalysisSkeleton />
    </div>
  );
}

function AnalysisSkeleton() {
  return (
    <Panel title="Verdict">
      <SkeletonLines lines={5} />
    </Panel>
  );
}
