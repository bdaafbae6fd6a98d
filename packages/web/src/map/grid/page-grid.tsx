import { useEffect, useRef, useState } from "preact/hooks";
import { visit } from "../../address/address.ts";
import { count } from "../../format/numbers.ts";
import { clickMode, pageClick } from "../../run/page-click.ts";
import { whyHref } from "../../run/run-hrefs.ts";
import type { Selection } from "../../run/selection.ts";
import { describePage } from "../links/describe-page.ts";
import type { MapModel } from "../map-model.ts";
import { GridMarks } from "./grid-marks.tsx";
import { cellAt, cornerOf, fittingPitch, type GridLayout, type GridRoom, layoutGrid } from "./grid-layout.ts";
import { movedCell } from "./moved-cell.ts";
import { usePainter } from "./use-painter.ts";

export type PageGridProps = {
  readonly model: MapModel;
  /** Undefined: the host's frames. */
  readonly vm: number | undefined;
  readonly name: string;
  readonly cells: number;
  /** Undefined: so large that all cells fit. */
  readonly pitch: number | undefined;
  /** Larger (1) or smaller (-1) cells than those of a size are asked for. */
  readonly onZoom: (pitch: number, direction: 1 | -1) => void;
  /** Is given the size that is drawn. */
  readonly drawn: { pitch: number };
};

/** The pages of a space as cells: pointed at by mouse and by keys. */
export function PageGrid({ model, vm, name, cells, pitch: askedPitch, onZoom, drawn }: PageGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [room, setRoom] = useState<GridRoom>({ width: 0, height: 0 });
  const [cursor, setCursor] = useState(0);
  useEffect(() => watchRoom(scroller.current!, setRoom), []);
  const pitch = askedPitch ?? fittingPitch(cells, room);
  drawn.pitch = pitch;
  const layout = layoutGrid(cells, Math.max(1, room.width), pitch);
  usePainter({ model, vm, layout, room, scroller, canvas });
  const pageOf = (cell: number): Selection =>
    vm === undefined ? { kind: "frame", physicalPage: cell } : { kind: "real", vm, realPage: cell };
  const point = (cell: number | undefined): void => {
    const page = cell === undefined ? undefined : pageOf(cell);
    if (keyOf(page) !== keyOf(model.pointed.peek())) model.pointed.value = page;
  };
  const moveCursor = (cell: number): void => {
    setCursor(cell);
    point(cell);
    model.announcement.value = describePage(model, pageOf(cell));
    reveal(scroller.current!, layout, cell);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") visit(whyHref(model.run.peek().id, pageOf(cursor), { at: model.position.peek() }));
    else if (event.key === " ") model.take(pageOf(cursor));
    else {
      const next = movedCell(event, cursor, layout);
      if (next === undefined) return;
      moveCursor(next);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={scroller}
      class={pageClick.value === undefined ? "map-grid-scroll" : "map-grid-scroll map-grid-touching"}
      role="application"
      aria-label={gridWords(name, cells)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onFocus={() => (scroller.current!.matches(":focus-visible") ? moveCursor(Math.min(cursor, cells - 1)) : undefined)}
      onBlur={() => point(undefined)}
      onPointerMove={(event) => point(cellUnder(event, layout))}
      onPointerLeave={() => point(undefined)}
      onClick={(event) => {
        const cell = cellUnder(event, layout);
        if (cell !== undefined) setCursor(cell);
        model.take(cell === undefined ? undefined : pageOf(cell));
      }}
      onWheel={(event) => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        onZoom(pitch, event.deltaY < 0 ? 1 : -1);
      }}
    >
      <div class="map-grid-space" style={{ width: `${layout.columns * pitch}px`, height: `${layout.rows * pitch}px` }}>
        <canvas ref={canvas} class="map-grid-canvas" style={{ width: `${room.width}px`, height: `${room.height}px` }} aria-hidden="true" />
        <GridMarks model={model} vm={vm} layout={layout} />
      </div>
    </div>
  );
}

function gridWords(name: string, cells: number): string {
  const space = pageClick.value === undefined ? "selects" : clickMode.value === "load" ? "loads from it" : "stores to it";
  return `${name}: ${count(cells)} pages. Arrows move from page to page, Enter tells why, space ${space}.`;
}

function keyOf(page: Selection | undefined): string {
  return page === undefined ? "" : JSON.stringify(page);
}

function cellUnder(event: MouseEvent & { readonly currentTarget: HTMLElement }, layout: GridLayout): number | undefined {
  const space = event.currentTarget.firstElementChild!.getBoundingClientRect();
  return cellAt(layout, event.clientX - space.left, event.clientY - space.top);
}

/** Scrolls as little as shows a cell. */
function reveal(scroller: HTMLElement, layout: GridLayout, cell: number): void {
  const { y } = cornerOf(layout, cell);
  if (y < scroller.scrollTop) scroller.scrollTop = y;
  else if (y + layout.pitch > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = y + layout.pitch - scroller.clientHeight;
}

function watchRoom(element: HTMLElement, onRoom: (room: GridRoom) => void): () => void {
  const observer = new ResizeObserver(() => onRoom({ width: element.clientWidth, height: element.clientHeight }));
  observer.observe(element);
  return () => observer.disconnect();
}
