import { pagePath } from "../../page-paths.ts";
import { type Selection, selectionText } from "../../run/selection.ts";
import type { MapModel } from "../map-model.ts";
import type { VirtualPageOf } from "./page-links.ts";

/** The life of a page, as of the moment that is shown. */
export function addressOfWhy(model: MapModel, page: Selection): string {
  return withMoment(model, pagePath("why", { run: model.run.value.id }), page);
}

/** The way of a virtual page through the tables, as of the moment that is shown. */
export function addressOfTranslation(model: MapModel, { vm, process, virtualPage }: VirtualPageOf): string {
  return withMoment(model, pagePath("translate", { run: model.run.value.id }), { kind: "virtual", vm, process, virtualPage });
}

function withMoment(model: MapModel, path: string, page: Selection): string {
  return `${path}?${new URLSearchParams({ page: selectionText(page), at: String(model.position.value) })}`;
}
