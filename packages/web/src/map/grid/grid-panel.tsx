import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import { count, pagesAsBytes } from "../../format/numbers.ts";
import { VirtualPages } from "../links/virtual-pages.tsx";
import type { MapModel } from "../map-model.ts";
import { pitchBeside } from "./grid-layout.ts";
import { GridTable } from "./grid-table.tsx";
import { PageGrid } from "./page-grid.tsx";

type GridPanelProps = {
  readonly model: MapModel;
  readonly vm: number | undefined;
  readonly name: string;
  /** Beside the name. */
  readonly children?: ComponentChildren;
};

/** A space with its name, as a grid or as a table. */
export function GridPanel({ model, vm, name, children }: GridPanelProps) {
  const [isTable, setIsTable] = useState(false);
  const [pitch, setPitch] = useState<number>();
  const drawn = useRef({ pitch: 1 }).current;
  const zoom = (from: number, direction: 1 | -1): void => setPitch(pitchBeside(from, direction));
  const cells = model.session.shown.value === undefined ? undefined : model.spaceOf(vm)?.states.length;
  return (
    <section class="map-panel" aria-label={name}>
      <header>
        <h2 title={cells === undefined ? undefined : `${count(cells)} pages, ${pagesAsBytes(cells)}`}>{name}</h2>
        {children}
        <span class="map-panel-actions">
          {isTable ? null : (
            <>
              <button class="map-step" type="button" aria-label={`Smaller cells of ${name}`} onClick={() => zoom(drawn.pitch, -1)}>
                −
              </button>
              <button class="map-step" type="button" aria-label={`Larger cells of ${name}`} onClick={() => zoom(drawn.pitch, 1)}>
                +
              </button>
              {pitch === undefined ? null : (
                <button class="map-step" type="button" aria-label={`Fit all cells of ${name}`} onClick={() => setPitch(undefined)}>
                  fit
                </button>
              )}
            </>
          )}
          <button
            class="map-step"
            type="button"
            aria-pressed={isTable}
            aria-label={`${name} as a table`}
            onClick={() => setIsTable(!isTable)}
          >
            table
          </button>
        </span>
      </header>
      {cells === undefined || cells === 0 ? (
        <p class="soft map-absent">{absence(model, vm, cells)}</p>
      ) : isTable ? (
        <GridTable model={model} vm={vm} cells={cells} />
      ) : (
        <PageGrid model={model} vm={vm} name={name} cells={cells} pitch={pitch} onZoom={zoom} drawn={drawn} />
      )}
      {vm === undefined ? null : <VirtualPages model={model} vm={vm} />}
    </section>
  );
}

function absence(model: MapModel, vm: number | undefined, cells: number | undefined): string {
  if (model.session.shown.value === undefined) return "";
  if (vm === undefined) return "The host is not switched on yet.";
  return cells === 0 ? "It was refused: it has no pages." : "It is not there yet.";
}
