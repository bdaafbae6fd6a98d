import { type StateTable, statesOf } from "../../maps/index.ts";
import { type Selection, selectionWords } from "../../run/selection.ts";
import { KINDS, kindOf } from "../colouring/kinds.ts";
import type { MapModel } from "../map-model.ts";

/** What a page is at the moment shown, in one line, from the map alone. */
export function describePage(model: MapModel, page: Selection): string {
  const words = selectionWords(page, model.nameOf);
  const state = stateWords(model, page);
  return state === undefined ? words : `${words}: ${state}`;
}

/** Undefined: there is no such page at this moment. */
export function stateWords(model: MapModel, page: Selection): string | undefined {
  const tables = model.session.maps.states;
  if (tables === undefined || page.kind === "virtual") return undefined;
  if (page.kind === "real") {
    const code = model.spaceOf(page.vm)?.states[page.realPage];
    return code === undefined ? undefined : labelOf("vm", tables.realPages, code);
  }
  const host = model.spaceOf(undefined);
  const code = host?.states[page.physicalPage];
  if (code === undefined) return undefined;
  const owner = host?.owners?.[page.physicalPage] ?? 0;
  const label = labelOf("host", tables.frames, code);
  return owner === 0 ? label : `${label}, of ${model.nameOf(owner)}`;
}

function labelOf(space: "host" | "vm", table: StateTable, code: number): string | undefined {
  const state = statesOf(table)[code];
  if (state === undefined) return undefined;
  const { label } = KINDS[kindOf(space, state)];
  const holdsUse = space === "vm" && state.use.name !== "free" && state.use.name !== label && state.backing.name !== "frame";
  return holdsUse && state.use.name !== "balloon" ? `${label} (${state.use.name} page)` : label;
}
