import { RunFrame } from "../run/run-frame.tsx";
import { isFinal } from "../run/run-head.ts";
import { LazyLive } from "../live/lazy-live.tsx";
import type { ScreenProps } from "../shell/screen-props.ts";
import { MapExports } from "./map-exports.tsx";
import { MapScreen } from "./map-screen.tsx";
import "./map.css";

/** The memory of a run at a moment, and the way through its moments. */
export function Screen({ places }: ScreenProps) {
  return (
    <RunFrame
      run={places["run"] ?? ""}
      actions={(run) => <MapExports run={run} />}
      beforeEvents={(run) => <LazyLive run={run} part="LiveControls" />}
    >
      {(run) => (
        <>
          {isFinal(run) ? null : (
            <div class="map-live">
              <LazyLive run={run} part="LiveControls" />
            </div>
          )}
          <MapScreen key={run.id} run={run} />
        </>
      )}
    </RunFrame>
  );
}
