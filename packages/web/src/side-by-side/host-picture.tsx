import { useEffect, useRef, useState } from "preact/hooks";
import { Failure } from "../design/notice.tsx";
import { onSchemeChange } from "../design/token-value.ts";
import { colouringOf } from "../map/colouring/colouring.ts";
import { readPalette } from "../map/colouring/palette.ts";
import { fittingPitch, layoutGrid } from "../map/grid/grid-layout.ts";
import { GridPainter } from "../map/grid/grid-painter.ts";
import { MapSession } from "../map/map-session.ts";
import type { RunHead } from "../run/run-head.ts";

/** In CSS pixels. */
const HEIGHT = 180;
const NO_NAMES: ReadonlyMap<number, string> = new Map();

/** The host's frames by their owners at a position. The table below it has the numbers. */
export function HostPicture({ run, position }: { readonly run: RunHead; readonly position: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const session = useRef<MapSession>(undefined);
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    const made = new MapSession(run.id, Number(run.headPosition));
    session.current = made;
    const draw = (): void => drawHost(made, run, canvas.current);
    const stops = [made.onPicture(draw), onSchemeChange(draw), made.error.subscribe(setError), watchWidth(canvas.current, draw)];
    return () => {
      for (const stop of stops) stop();
      made.close();
    };
  }, [run.id]);
  useEffect(() => {
    session.current?.show(position);
  }, [run.id, position]);
  return (
    <>
      {error === undefined ? null : <Failure error={error} />}
      <canvas
        ref={canvas}
        class="side-picture"
        style={{ height: `${HEIGHT}px` }}
        role="img"
        aria-label={`Frames of the host under ${run.policyName}`}
      />
    </>
  );
}

function drawHost({ map, maps }: MapSession, { scenario }: RunHead, canvas: HTMLCanvasElement | null): void {
  const host = map?.spaces[0];
  if (canvas === null || host === undefined || maps.states === undefined) return;
  const width = canvas.clientWidth;
  const layout = layoutGrid(host.states.length, width, fittingPitch(host.states.length, { width, height: HEIGHT }));
  const colouring = colouringOf("owner", maps.states, scenario.vmNames);
  new GridPainter(canvas).draw(host, {
    layout,
    palette: readPalette(colouring.entries, () => false),
    scrollTop: 0,
    width,
    height: HEIGHT,
    pixelRatio: devicePixelRatio,
    entries: colouring.entriesOf(host),
    letters: colouring.entries.map(({ letter }) => letter),
    names: NO_NAMES,
  });
}

function watchWidth(canvas: HTMLCanvasElement | null, onWidth: () => void): () => void {
  if (canvas === null) return () => undefined;
  const observer = new ResizeObserver(onWidth);
  observer.observe(canvas);
  return () => observer.disconnect();
}
