import { useMemo, useRef } from "preact/hooks";
import { chartZoom, setChartZoom } from "../address/zoom.ts";
import { useAnswer } from "../api/use-answer.ts";
import { Answered } from "../design/answered.tsx";
import { chartPng } from "../design/chart-png.ts";
import { ChartTable } from "../design/chart-table.tsx";
import { Chart } from "../design/chart.tsx";
import type { ChartData } from "../design/chart-data.ts";
import { Panel } from "../design/panel.tsx";
import { PictureOrTable } from "../design/picture-or-table.tsx";
import { QueryLink } from "../design/query-link.tsx";
import { saveFile } from "../design/save-file.ts";
import { Skeleton } from "../design/skeleton.tsx";
import { CountsTable } from "./counts-table.tsx";
import { curveChart, curveCsv, type MissRatioCurves, ratioText } from "./curve-data.ts";
import { changeCursor, cursorOf } from "./curve-cursor.ts";
import type { CurveState } from "./curve-state.ts";
import { type CurveChoicesQuery, Curves } from "./curves.generated.ts";

const HEIGHT = 380;

type CurvesPanelProps = {
  readonly trace: string;
  readonly state: CurveState;
  readonly algorithms: CurveChoicesQuery["replacementAlgorithms"];
};

/** The curves of a trace with the counts at the cursor. They are counted by the server, which takes some seconds for long traces. */
export function CurvesPanel({ trace, state, algorithms }: CurvesPanelProps) {
  const variables = { trace, policies: state.policies, shards: state.shards ?? null };
  const answer = useAnswer(Curves, variables, { isImmutable: true });
  const bounds = algorithms.filter(({ looksAhead }) => looksAhead).map(({ name }) => name);
  return (
    <Panel title={`Curves of ${trace}`} actions={<QueryLink document={Curves} variables={variables} />}>
      <p class="small soft" role="status">
        {answer.isLoading ? "Counting the misses ..." : ""}
      </p>
      <Answered answer={answer} skeleton={<Skeleton height={HEIGHT / 16} />}>
        {({ missRatioCurve }) => (missRatioCurve === null ? null : <Drawn curves={missRatioCurve} state={state} bounds={bounds} />)}
      </Answered>
    </Panel>
  );
}

type DrawnProps = { readonly curves: MissRatioCurves; readonly state: CurveState; readonly bounds: readonly string[] };

function Drawn({ curves, state: { isLogarithmic, size }, bounds }: DrawnProps) {
  const isBound = (policy: string): boolean => bounds.includes(policy.split(":")[0] ?? "");
  const data = useMemo(() => curveChart(curves, { isLogarithmic, size, isBound }), [curves, isLogarithmic, size]);
  const canvas = useRef<HTMLCanvasElement>(undefined);
  const frames = cursorOf(data.xs);
  return (
    <div class="stack">
      <PictureOrTable
        heading={<h3>{data.y.label}</h3>}
        actions={<Downloads curves={curves} data={data} canvas={() => canvas.current} />}
        picture={() => (
          <Chart
            data={data}
            height={HEIGHT}
            at={frames}
            onAt={changeCursor}
            zoom={chartZoom.value}
            onZoom={setChartZoom}
            onCanvas={(made) => {
              canvas.current = made;
            }}
          />
        )}
        table={() => <ChartTable data={data} />}
      />
      <CountsTable curves={curves} frames={frames} size={size} isBound={isBound} />
      <Notes curves={curves} />
    </div>
  );
}

type DownloadsProps = { readonly curves: MissRatioCurves; readonly data: ChartData; readonly canvas: () => HTMLCanvasElement | undefined };

function Downloads({ curves, data, canvas }: DownloadsProps) {
  const savePng = async (): Promise<void> => {
    const picture = canvas();
    if (picture !== undefined) saveFile(`${curves.trace}-miss-ratio.png`, await chartPng(picture, data));
  };
  return (
    <>
      <button
        class="button"
        type="button"
        onClick={() => saveFile(`${curves.trace}-miss-ratio.csv`, new Blob([curveCsv(curves)], { type: "text/csv" }))}
      >
        CSV
      </button>
      <button class="button" type="button" onClick={() => void savePng()}>
        PNG
      </button>
    </>
  );
}

function Notes({ curves: { notes, shards } }: { readonly curves: MissRatioCurves }) {
  const estimate =
    shards === null
      ? []
      : [
          `SHARDS at rate ${shards.rate} sampled ${shards.sampledPages} pages; mean absolute error over these sizes ${ratioText(shards.meanAbsoluteError)}.`,
        ];
  const all = [...estimate, ...notes];
  return all.length === 0 ? null : (
    <ul class="curve-notes">
      {all.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
