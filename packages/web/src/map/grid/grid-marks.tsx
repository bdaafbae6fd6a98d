import type { MapModel } from "../map-model.ts";
import type { PageLinks } from "../links/page-links.ts";
import { cornerOf, gapOf, type GridLayout } from "./grid-layout.ts";

type GridMarksProps = { readonly model: MapModel; readonly vm: number | undefined; readonly layout: GridLayout };

/** Rings about the cells that are pointed at or selected, and about those that belong to them. */
export function GridMarks({ model, vm, layout }: GridMarksProps) {
  const { pointedLinks, selectedLinks } = model;
  return (
    <>
      {cellsOf(selectedLinks.value, vm).map((cell) => (
        <Mark key={`selected ${cell}`} layout={layout} cell={cell} kind="selected" />
      ))}
      {cellsOf(pointedLinks.value, vm).map((cell) => (
        <Mark key={`pointed ${cell}`} layout={layout} cell={cell} kind="pointed" />
      ))}
    </>
  );
}

function cellsOf({ frame, realPages }: PageLinks, vm: number | undefined): number[] {
  if (vm === undefined) return frame === undefined ? [] : [frame];
  return realPages.filter((page) => page.vm === vm).map(({ realPage }) => realPage);
}

/** Small cells get a ring that is larger than they are. */
const MIN_RING = 11;
/** Of larger cells it is their edge. */
const EDGE = 16;

function Mark({ layout, cell, kind }: { readonly layout: GridLayout; readonly cell: number; readonly kind: "selected" | "pointed" }) {
  if (cell >= layout.cells) return null;
  const { x, y } = cornerOf(layout, cell);
  const side = layout.pitch - gapOf(layout.pitch);
  const ring = side >= EDGE ? side : Math.max(MIN_RING, side + 4);
  const offset = (ring - side) / 2;
  const style = {
    width: `${ring}px`,
    height: `${ring}px`,
    transform: `translate(${Math.max(0, x - offset)}px, ${Math.max(0, y - offset)}px)`,
  };
  return <span class={`map-mark map-mark-${kind}`} data-cell={cell} style={style} aria-hidden="true" />;
}
