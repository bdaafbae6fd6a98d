import { count, enumWords } from "../../format/numbers.ts";
import { vmToken } from "../colouring/colouring.ts";
import type { MapModel } from "../map-model.ts";
import type { MomentAnswer } from "./moment-head.tsx";
import { vmFigures } from "./vm-figures.ts";

type VmBarsProps = { readonly model: MapModel; readonly vm: number; readonly moment: MomentAnswer | undefined };

/** How much of a VM has frames, is in its balloon, and is swapped out. */
export function VmBars({ model, vm, moment }: VmBarsProps) {
  const counts = model.session.shown.value === undefined ? undefined : model.session.countsOf(vm);
  const tables = model.session.maps.states;
  if (counts === undefined || tables === undefined) return null;
  const { configured, resident, ballooned, swapped, compressed } = vmFigures(counts, tables);
  const about = moment?.vms.find((each) => each.vm === vm);
  const life = about === undefined || about.life === "RUNNING" ? undefined : enumWords(about.life);
  return (
    <div class="map-vm-bars">
      <Bar name="resident" pages={resident} of={configured} token={vmToken(vm)} />
      <Bar name="ballooned" pages={ballooned} of={configured} token="--state-balloon" target={about?.balloonTargetPages ?? 0} />
      <Bar name="swapped" pages={swapped} of={configured} token="--state-host-swap" />
      {compressed === 0 ? null : <Bar name="compressed" pages={compressed} of={configured} token="--state-compressed" />}
      {life === undefined && about?.isSuspended !== true ? null : <span class="tag">{life ?? "suspended"}</span>}
    </div>
  );
}

type BarProps = { readonly name: string; readonly pages: number; readonly of: number; readonly token: string; readonly target?: number };

function Bar({ name, pages, of, token, target = 0 }: BarProps) {
  return (
    <span class="map-bar" title={`${count(pages)} of ${count(of)} pages ${name}${target > 0 ? `, balloon target ${count(target)}` : ""}`}>
      <span class="faint">{name}</span> <span class="map-bar-number">{count(pages)}</span>
      <span class="map-bar-line">
        <span style={{ width: `${of === 0 ? 0 : (100 * pages) / of}%`, background: `var(${token})` }} />
        {target > 0 ? <i style={{ left: `${Math.min(100, (100 * target) / Math.max(1, of))}%` }} /> : null}
      </span>
    </span>
  );
}
