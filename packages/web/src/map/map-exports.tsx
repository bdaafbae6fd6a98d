import { useState } from "preact/hooks";
import { request } from "../api/request.ts";
import { Failure } from "../design/notice.tsx";
import { saveFile } from "../design/save-file.ts";
import type { RunHead } from "../run/run-head.ts";
import { mapPicture } from "./map-picture.ts";

/** What can be taken away from the run: the map as a picture, its tables, its trace. */
export function MapExports({ run }: { readonly run: RunHead }) {
  const [error, setError] = useState<unknown>();
  const save = (make: () => Promise<readonly [name: string, content: Blob]>) => (event: MouseEvent) => {
    (event.currentTarget as HTMLElement).closest("details")?.removeAttribute("open");
    setError(undefined);
    make().then(([name, content]) => saveFile(name, content), setError);
  };
  const name = `${run.scenarioName}-${run.policyName}-${run.id.slice(0, 8)}`;
  const file = (path: string, ending: string) => async (): Promise<readonly [string, Blob]> => {
    const response = await request(`/runs/${run.id}/${path}`);
    return [`${name}-${ending}`, await response.blob()];
  };
  return (
    <details class="map-exports">
      <summary class="button map-small-button">Export</summary>
      <div class="map-menu">
        <button type="button" onClick={save(async () => [`${name}-map.png`, await mapPicture()])}>
          Map as PNG
        </button>
        <button type="button" onClick={save(file("events.csv", "events.csv"))}>
          Events as CSV
        </button>
        <button type="button" onClick={save(file("decisions.csv", "decisions.csv"))}>
          Decisions as CSV
        </button>
        <button type="button" onClick={save(file("series.csv", "series.csv"))}>
          Metrics over time as CSV
        </button>
        <button type="button" onClick={save(file("trace.json", "trace.json"))}>
          Trace for Perfetto
        </button>
      </div>
      {error === undefined ? null : <Failure error={error} />}
    </details>
  );
}
