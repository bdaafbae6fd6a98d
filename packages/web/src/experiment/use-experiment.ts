import { useEffect, useState } from "preact/hooks";
import { ApiError, isAbort } from "../api/api-error.ts";
import { follow } from "../api/follow.ts";
import { type Answer, useAnswer } from "../api/use-answer.ts";
import {
  ExperimentAnalysis,
  type ExperimentAnalysisQuery,
  ExperimentHead,
  type ExperimentHeadQuery,
  FollowExperiment,
  type FollowExperimentSubscription,
} from "./experiment.generated.ts";

export type Experiment = NonNullable<ExperimentHeadQuery["experiment"]>;
export type Variant = Experiment["variants"][number];
export type Cell = Variant["cells"][number];
export type Analysis = NonNullable<ExperimentAnalysisQuery["experiment"]>["analysis"];
export type MetricAnalysis = Analysis["metrics"][number];
export type Comparison = MetricAnalysis["comparisons"][number];
export type Summary = MetricAnalysis["variants"][number];

type Progress = FollowExperimentSubscription["experimentProgress"];

/** An experiment and what it shows; both are asked again as its runs end, and its statuses change without that. */
export function useExperiment(id: string): { readonly head: Answer<Experiment>; readonly analysis: Answer<Analysis> } {
  const asked = useAnswer(ExperimentHead, { experiment: id });
  const analysed = useAnswer(ExperimentAnalysis, { experiment: id });
  const [progress, setProgress] = useState<Progress>();
  const known = asked.data?.experiment ?? undefined;
  const isRunning = known?.status === "RUNNING";
  const ended = progress === undefined ? 0 : endedOf(progress);
  useEffect(() => {
    if (!isRunning) return undefined;
    const abort = new AbortController();
    const askBoth = (): void => {
      asked.askAgain();
      analysed.askAgain();
    };
    follow(
      FollowExperiment,
      { experiment: known?.id ?? id },
      { signal: abort.signal, onData: (data) => setProgress(data.experimentProgress) },
    ).then(
      () => (abort.signal.aborted ? undefined : askBoth()),
      (error: unknown) => (isAbort(error) ? undefined : askBoth()),
    );
    return () => abort.abort();
  }, [id, isRunning]);
  useEffect(() => {
    if (ended === 0) return;
    asked.askAgain();
    analysed.askAgain();
  }, [ended]);
  const data = known === undefined || progress === undefined ? known : withProgress(known, progress);
  const error =
    asked.error ?? (asked.data?.experiment === null ? new ApiError("EXPERIMENT_NOT_FOUND", `there is no experiment ${id}`) : undefined);
  return { head: { ...asked, data, error }, analysis: { ...analysed, data: analysed.data?.experiment?.analysis } };
}

const FINAL: ReadonlySet<string> = new Set(["COMPLETED", "FAILED", "STOPPED"]);

function endedOf({ variants }: Progress): number {
  return variants.flatMap(({ cells }) => cells).filter(({ run }) => run === null || FINAL.has(run.status)).length;
}

/** The statuses that are known now; whatever else there is of a run comes with the next answer. */
function withProgress(experiment: Experiment, { variants }: Progress): Experiment {
  return {
    ...experiment,
    variants: experiment.variants.map((variant, place) => ({
      ...variant,
      cells: variant.cells.map((cell, seed) => {
        const now = variants[place]?.cells[seed]?.run;
        return cell.run === null || now == null || FINAL.has(cell.run.status) ? cell : { ...cell, run: { ...cell.run, ...now } };
      }),
    })),
  };
}
