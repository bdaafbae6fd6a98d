import { useMemo, useState } from "preact/hooks";
import { parameter, setParameters } from "../address/address.ts";
import { useAnswer } from "../api/use-answer.ts";
import { SelectField } from "../design/field.tsx";
import { Failure } from "../design/notice.tsx";
import { Panel } from "../design/panel.tsx";
import { variantColour } from "./experiment-words.ts";
import { type Metric, OriginOfRun } from "./experiment.generated.ts";
import { type ShownRun, VmChart } from "./vm-chart.tsx";
import type { Experiment } from "./use-experiment.ts";

/** More lines or charts than these are not told apart. */
const MAX_VARIANTS = 6;
const MAX_VMS = 8;

const CURVES = [
  { value: "RESIDENT_PAGES", label: "resident pages" },
  { value: "BALLOON_SIZE_PAGES", label: "ballooned pages" },
  { value: "SWAPPED_PAGES", label: "pages swapped out by the host" },
  { value: "FREE_PAGES", label: "free frames of the host" },
] as const satisfies readonly { readonly value: Metric; readonly label: string }[];

const curve = parameter("curve");
const seed = parameter("seed");

/** How memory went over time under one seed: a chart for each VM, a line for each variant. */
export function CurvesPanel({ experiment }: { readonly experiment: Experiment }) {
  const { seeds, keeps } = experiment;
  const shownSeed = seeds.find((each) => each === seed.value) ?? seeds[0] ?? "";
  const runs = useMemo(() => runsOf(experiment, shownSeed), [experiment, shownSeed]);
  const chosen = CURVES.find(({ value }) => value === curve.value) ?? CURVES[0];
  return (
    <Panel
      title="Over time"
      actions={
        <>
          <SelectField label="Curve" value={chosen.value} options={CURVES} onChange={(value) => setParameters({ curve: value })} />
          <SelectField
            label="Seed"
            value={shownSeed}
            options={seeds.map((value) => ({ value, label: value }))}
            onChange={(value) => setParameters({ seed: value })}
          />
        </>
      }
    >
      {keeps === "FIGURES" ? (
        <p class="soft">These runs keep their figures only: there are no curves. Start the experiment again with events to see them.</p>
      ) : runs.length === 0 ? (
        <p class="soft">No run of this seed has ended with a history yet.</p>
      ) : (
        <VmCharts runs={runs} metric={chosen.value} title={chosen.label} />
      )}
    </Panel>
  );
}

const FINAL: ReadonlySet<string> = new Set(["COMPLETED", "FAILED", "STOPPED"]);

/** Of the compared variants, those whose run of a seed has ended with events. */
function runsOf({ variants, keeps }: Experiment, shownSeed: string): ShownRun[] {
  if (keeps === "FIGURES") return [];
  const compared = variants.filter(({ role }) => role === "COMPARED").slice(0, MAX_VARIANTS);
  return compared.flatMap(({ label, cells }, place) => {
    const run = cells.find((cell) => cell.seed === shownSeed)?.run ?? null;
    return run === null || !FINAL.has(run.status) || run.headPosition === "0"
      ? []
      : [{ id: run.id, label, colour: variantColour(place, true), endNs: Number(run.headTimeNs) }];
  });
}

type VmChartsProps = { readonly runs: readonly ShownRun[]; readonly metric: Metric; readonly title: string };

function VmCharts({ runs, metric, title }: VmChartsProps) {
  const origin = useAnswer(OriginOfRun, { run: runs[0]?.id ?? "" }, { isImmutable: true });
  const [at, setAt] = useState<number>();
  // Until it is moved, where every run still has a value.
  const cursor = at ?? Math.min(...runs.map(({ endNs }) => endNs));
  const names = origin.data?.run?.scenario.vmNames ?? [];
  const vms =
    metric === "FREE_PAGES" ? [{ vm: null, name: "Host" }] : names.slice(0, MAX_VMS).map((name, place) => ({ vm: place + 1, name }));
  return (
    <>
      {origin.error === undefined ? null : <Failure error={origin.error} onRetry={origin.askAgain} />}
      <div class="experiment-charts">
        {vms.map(({ vm, name }) => (
          <VmChart key={name + String(vm)} name={name} vm={vm} runs={runs} metric={metric} title={title} at={cursor} onAt={setAt} />
        ))}
      </div>
      {names.length > MAX_VMS && metric !== "FREE_PAGES" ? (
        <p class="small soft">
          The first {MAX_VMS} of {names.length} VMs.
        </p>
      ) : null}
    </>
  );
}
