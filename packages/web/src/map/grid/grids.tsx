import type { MapModel } from "../map-model.ts";
import { PageCard } from "../links/page-card.tsx";
import type { MomentAnswer } from "../moment/moment-head.tsx";
import { VmBars } from "../moment/vm-bars.tsx";
import { GridPanel } from "./grid-panel.tsx";

type GridsProps = { readonly model: MapModel; readonly moment: MomentAnswer | undefined };

/** The host's frames beside the real pages of every VM. */
export function Grids({ model, moment }: GridsProps) {
  const names = model.allNames.value;
  return (
    <div class="map-grids">
      <GridPanel model={model} vm={undefined} name="Host frames" />
      <div class={`map-vms map-vms-${Math.min(3, names.length)}`} tabIndex={names.length > 4 ? 0 : undefined}>
        {names.map((name, index) => (
          <GridPanel key={index} model={model} vm={index + 1} name={name}>
            <VmBars model={model} vm={index + 1} moment={moment} />
          </GridPanel>
        ))}
      </div>
      <PageCard model={model} />
    </div>
  );
}
