import { useSignalEffect } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { PageMap } from "../../maps/index.ts";
import type { MapModel } from "../map-model.ts";
import type { GridLayout, GridRoom } from "./grid-layout.ts";
import { GridPainter } from "./grid-painter.ts";

type Painted = {
  readonly model: MapModel;
  readonly vm: number | undefined;
  readonly layout: GridLayout;
  readonly room: GridRoom;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
};

/** Keeps a canvas what its space looks like: whole after a change of the view, else only what has changed. */
export function usePainter(painted: Painted): void {
  const { model, scroller, canvas, layout, room } = painted;
  const newest = useRef(painted);
  newest.current = painted;
  const painter = useRef<GridPainter | undefined>(undefined);
  /** Whether the next picture has to be drawn whole. */
  const isStale = useRef(true);
  const drawWhole = (): void => {
    painter.current ??= new GridPainter(canvas.current!);
    isStale.current = !drawAll(painter.current, newest.current);
  };
  const onPicture = (map: PageMap): void => {
    const { vm } = newest.current;
    const space = map.spaces[vm ?? 0];
    // Layers are drawn when they come, at rest.
    if (model.layer.peek() !== undefined || space === undefined || scroller.current?.checkVisibility() !== true) {
      isStale.current = true;
      return;
    }
    if (isStale.current || space.changed === null || space.states.length !== newest.current.layout.cells) drawWhole();
    else painter.current?.update(space, space.changed);
  };
  useEffect(() => model.session.onPicture(onPicture), [model]);
  useEffect(() => {
    const element = scroller.current!;
    element.addEventListener("scroll", drawWhole, { passive: true });
    return () => element.removeEventListener("scroll", drawWhole);
  }, []);
  useEffect(drawWhole, [layout.pitch, layout.columns, layout.cells, room.width, room.height]);
  useSignalEffect(() => {
    const { palette, cellNames, layer } = model;
    void layer.value;
    if (palette.value !== undefined && cellNames.value !== undefined) drawWhole();
  });
}

/** Returns whether it could. */
function drawAll(painter: GridPainter, { model, vm, layout, room, scroller }: Painted): boolean {
  const [space, palette, colouring] = [model.drawnSpace(vm), model.palette.peek(), model.colouring.peek()];
  if (space === undefined || palette === undefined || colouring === undefined || room.width === 0) return false;
  if (space.states.length !== layout.cells) return false;
  painter.draw(space, {
    layout,
    palette,
    scrollTop: scroller.current?.scrollTop ?? 0,
    width: room.width,
    height: room.height,
    pixelRatio: devicePixelRatio,
    entries: colouring.entriesOf(space),
    letters: colouring.entries.map(({ letter }) => letter),
    names: model.cellNames.peek().get(vm ?? 0) ?? new Map(),
  });
  return true;
}
