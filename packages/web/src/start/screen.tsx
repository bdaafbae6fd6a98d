import { useAnswer } from "../api/use-answer.ts";
import { Answered } from "../design/answered.tsx";
import { Empty } from "../design/notice.tsx";
import { Panel } from "../design/panel.tsx";
import { Skeleton, SkeletonLines } from "../design/skeleton.tsx";
import { StatusTag } from "../design/status-tag.tsx";
import { counted } from "../format/numbers.ts";
import { pagePath } from "../page-paths.ts";
import { RunTable } from "../runs/run-table.tsx";
import { FirstSteps } from "./first-steps.tsx";
import { PrimaryMetric } from "./primary-metric.tsx";
import { Start, type StartQuery } from "./start.generated.ts";
import "./start.css";

/** What this is, what runs, what the sample has shown, and three things to try. */
export function Screen() {
  const answer = useAnswer(Start, {});
  return (
    <div class="stack start">
      <div class="stack-tight">
        <h1>See memory move, rewind it, ask why</h1>
        <p class="soft">
          Ballast simulates how a hypervisor gives physical memory to virtual machines that want more than there is. Every trap, fault,
          steal and balloon change is an event, so that any moment can be shown again, and every lost page has a reason.
        </p>
      </div>
      <Answered answer={answer} skeleton={<StartSkeleton />}>
        {(data) => <Loaded data={data} />}
      </Answered>
    </div>
  );
}

function Loaded({ data }: { readonly data: StartQuery }) {
  const [experiment] = data.experiments.nodes;
  return (
    <>
      <FirstSteps experiment={experiment} run={data.runs.nodes[0]} />
      <div class="start-columns">
        <Panel title="Newest experiment" actions={<a href={pagePath("experiments", {})}>All experiments</a>}>
          {experiment === undefined ? <NoExperiment /> : <Verdict experiment={experiment} />}
        </Panel>
        <Panel title="Newest runs" actions={<a href={pagePath("runs", {})}>All {counted(data.runs.totalCount, "run")}</a>}>
          <QueueLine queue={data.queue} />
          {data.runs.nodes.length === 0 ? <Empty title="There is no run yet" /> : <RunTable runs={data.runs.nodes} isBrief />}
        </Panel>
      </div>
    </>
  );
}

function Verdict({ experiment }: { readonly experiment: StartQuery["experiments"]["nodes"][number] }) {
  const { id, scenarioName, seeds, status, analysis } = experiment;
  return (
    <div class="stack-tight">
      <p>{analysis.conclusion}</p>
      <PrimaryMetric analysis={analysis} />
      <p class="soft">
        <StatusTag status={status} /> Scenario {scenarioName}, {counted(seeds.length, "seed")}.{" "}
        <a href={pagePath("experiment", { experiment: id })}>Intervals, curves and the report</a>
      </p>
    </div>
  );
}

function NoExperiment() {
  return (
    <Empty title="Nothing has been compared yet">
      <p>
        <code>ballast compare sample</code> runs a scenario under several policies and seeds.
      </p>
    </Empty>
  );
}

function QueueLine({ queue: { queued, running, failed } }: { readonly queue: StartQuery["queue"] }) {
  const failures = failed === 0 ? "" : ` ${counted(failed, "run")} failed.`;
  return (
    <p class="soft">
      {running === 0 && queued === 0 ? "Nothing is running." : `${counted(running, "run")} running, ${queued} queued.`}
      {failures}
    </p>
  );
}

function StartSkeleton() {
  return (
    <>
      <Skeleton height={9} />
      <div class="start-columns">
        <section class="panel">
          <SkeletonLines lines={8} />
        </section>
        <section class="panel">
          <SkeletonLines lines={8} />
        </section>
      </div>
    </>
  );
}
