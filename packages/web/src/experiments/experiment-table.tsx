import { seedsText } from "@ballast/statistics/words";
import { useEffect, useState } from "preact/hooks";
import { isAbort } from "../api/api-error.ts";
import { follow } from "../api/follow.ts";
import { useAnswer } from "../api/use-answer.ts";
import { StatusTag } from "../design/status-tag.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { KIND_NAMES } from "../experiment/experiment-words.ts";
import { count, dateTime } from "../format/numbers.ts";
import { pagePath } from "../page-paths.ts";
import { Conclusion, type ExperimentsQuery, ExperimentStatus, type ExperimentStatusSubscription } from "./experiments.generated.ts";

type Listed = ExperimentsQuery["experiments"]["nodes"][number];
type Progress = ExperimentStatusSubscription["experimentProgress"];

/** Labels that are named; a sweep may have hundreds. */
const MAX_LABELS = 6;

type ExperimentTableProps = {
  readonly experiments: readonly Listed[];
  /** One that was running has ended. */
  readonly onEnd: () => void;
};

export function ExperimentTable({ experiments, onEnd }: ExperimentTableProps) {
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label="Experiments">
      <table class="table">
        <thead>
          <tr>
            <th scope="col">experiment</th>
            <th scope="col">variants and what came out</th>
            <th scope="col">seeds</th>
            <th scope="col">status</th>
            <th scope="col">made</th>
          </tr>
        </thead>
        <tbody>
          {experiments.map((experiment) => (
            <Row key={experiment.id} experiment={experiment} onEnd={onEnd} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({ experiment, onEnd }: { readonly experiment: Listed; readonly onEnd: () => void }) {
  const progress = useProgress(experiment, onEnd);
  const { id, kind, scenarioName, seeds, createdAt, variants } = experiment;
  const status = progress?.status ?? experiment.status;
  return (
    <tr>
      <th scope="row">
        <a href={pagePath("experiment", { experiment: id })}>{scenarioName}</a>
        <span class="small soft experiments-kind">{KIND_NAMES[kind].toLowerCase()}</span>
      </th>
      <td>
        <span class="experiments-labels">{labelsOf(variants)}</span>
        {status === "RUNNING" ? <Running variants={progress?.variants ?? variants} /> : <Concluded id={id} />}
      </td>
      <td>{seedsText(seeds)}</td>
      <td>
        <StatusTag status={status} />
      </td>
      <td class="soft">{dateTime(createdAt)}</td>
    </tr>
  );
}

function useProgress({ id, status }: Listed, onEnd: () => void): Progress | undefined {
  const [progress, setProgress] = useState<Progress>();
  const isRunning = status === "RUNNING";
  useEffect(() => {
    if (!isRunning) return undefined;
    const abort = new AbortController();
    const onData = ({ experimentProgress }: ExperimentStatusSubscription): void => setProgress(experimentProgress);
    follow(ExperimentStatus, { experiment: id }, { signal: abort.signal, onData }).then(
      () => (abort.signal.aborted ? undefined : onEnd()),
      (error: unknown) => (isAbort(error) ? undefined : onEnd()),
    );
    return () => abort.abort();
  }, [id, isRunning]);
  return isRunning ? progress : undefined;
}

function labelsOf(variants: Listed["variants"]): string {
  const labels = variants.filter(({ role }) => role === "COMPARED").map(({ label }) => label);
  const rest = labels.length - MAX_LABELS;
  return [...labels.slice(0, MAX_LABELS), ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}

const FINAL: ReadonlySet<string> = new Set(["COMPLETED", "FAILED", "STOPPED"]);

function Running({ variants }: { readonly variants: Progress["variants"] }) {
  const cells = variants.flatMap((variant) => variant.cells);
  const ended = cells.filter(({ run }) => run === null || FINAL.has(run.status)).length;
  return (
    <span class="row small soft">
      <progress max={cells.length} value={ended} aria-label="Runs that have ended" />
      {count(ended)} of {count(cells.length)} runs have ended
    </span>
  );
}

/** Asked for each by itself: an experiment with very many variants has none. */
function Concluded({ id }: { readonly id: string }) {
  const { data, error } = useAnswer(Conclusion, { experiment: id });
  if (error !== undefined) return <span class="small soft">{error instanceof Error ? error.message : "It has no conclusion."}</span>;
  if (data === undefined) return <Skeleton height={1.25} />;
  return <span class="experiments-conclusion">{data.experiment?.analysis.conclusion}</span>;
}
