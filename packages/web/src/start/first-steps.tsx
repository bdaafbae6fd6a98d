import { pagePath } from "../page-paths.ts";
import type { StartQuery } from "./start.generated.ts";

type Experiment = StartQuery["experiments"]["nodes"][number];
type FirstStepsProps = { readonly experiment: Experiment | undefined; readonly run: StartQuery["runs"]["nodes"][number] | undefined };

/** Three things to try, with links that lead into what is there. */
export function FirstSteps({ experiment, run }: FirstStepsProps) {
  const shown = stealingRun(experiment) ?? run?.id;
  return (
    <ol class="first-steps">
      <li>
        <a href={shown === undefined ? pagePath("live", {}) : pagePath("map", { run: shown })}>
          <strong>Watch memory move</strong>
          <span>
            {shown === undefined
              ? "Start a run, and see its frames change hands."
              : "Drag the timeline of a run, click a page, and read why it was stolen."}
          </span>
        </a>
      </li>
      <li>
        <a href={experiment === undefined ? pagePath("experiments", {}) : pagePath("experiment", { experiment: experiment.id })}>
          <strong>Compare policies</strong>
          <span>Verdicts over seeds, with their intervals, and the first decision in which two policies differ.</span>
        </a>
      </li>
      <li>
        <a href={pagePath("classroom", {})}>
          <strong>Learn it on paper first</strong>
          <span>Page replacement step by step, Belady's anomaly, and guided tours through translation and ballooning.</span>
        </a>
      </li>
    </ol>
  );
}

/** A run of the experiment whose policy was compared and whose events can be shown. */
function stealingRun(experiment: Experiment | undefined): string | undefined {
  const compared = experiment?.variants.filter(({ role }) => role === "COMPARED") ?? [];
  return compared.flatMap(({ cells }) => cells).find(({ run }) => run?.status === "COMPLETED")?.run?.id;
}
