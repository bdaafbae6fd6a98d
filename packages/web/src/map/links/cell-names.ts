import { effect } from "@preact/signals";
import { askImmutable, peekImmutable } from "../../api/immutable-answers.ts";
import { isAbort } from "../../api/api-error.ts";
import type { CellNames, MapModel } from "../map-model.ts";
import { CellNames as CellNamesDocument, type CellNamesQuery } from "./cell-names.generated.ts";

/** Hosts of more frames have cells that are too small for names. */
const MAX_FRAMES = 256;
const PAUSE_MS = 40;

/** Keeps the names of the model's cells those of the moment that is shown. */
export function followCellNames(model: MapModel): () => void {
  return effect(() => {
    const shown = model.session.shown.value;
    if (shown === undefined || model.run.value.scenario.framePages > MAX_FRAMES) return undefined;
    const variables = { run: model.run.value.id, position: String(shown.position) };
    const show = ({ run }: CellNamesQuery): void => void (model.cellNames.value = namesIn(run?.at));
    const known = peekImmutable(CellNamesDocument, variables);
    if (known !== undefined) return show(known);
    const abort = new AbortController();
    const timer = setTimeout(() => {
      askImmutable(CellNamesDocument, variables, abort.signal).then(show, (error: unknown) => {
        if (!isAbort(error)) model.cellNames.value = new Map();
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  });
}

type Moment = NonNullable<CellNamesQuery["run"]>["at"];

function namesIn(moment: Moment | undefined): CellNames {
  const frames = new Map(named(moment?.frames.nodes.map(({ physicalPage, virtualPageName }) => [physicalPage, virtualPageName])));
  const vms = (moment?.vms ?? []).map(({ vm, realMapTable }): [number, ReadonlyMap<number, string>] => [
    vm,
    new Map(named(realMapTable.nodes.map(({ realPage, virtualPageName }) => [realPage, virtualPageName]))),
  ]);
  return new Map([[0, frames], ...vms]);
}

function named(pages: readonly (readonly [number, string | null])[] = []): [number, string][] {
  return pages.flatMap(([page, name]) => (name === null ? [] : [[page, name]]));
}
