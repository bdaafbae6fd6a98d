import { effect, type ReadonlySignal, type Signal } from "@preact/signals";
import { isAbort } from "../../api/api-error.ts";
import type { Selection } from "../../run/selection.ts";
import type { MapModel } from "../map-model.ts";
import { findLinks, NO_LINKS, type PageLinks } from "./page-links.ts";

/** A pointer that passes over a page does not ask. */
const PAUSE_MS = 60;

/** Keeps `links` those of a page at the moment that is shown. While they are on their way, the page itself is all that is known. */
export function followLinks(model: MapModel, page: ReadonlySignal<Selection | undefined>, links: Signal<PageLinks>): () => void {
  return effect(() => {
    const selection = page.value;
    const shown = model.session.shown.value;
    links.value = selection === undefined ? NO_LINKS : itself(selection);
    if (selection === undefined || shown === undefined || model.spaceOf(undefined) === undefined) return undefined;
    const abort = new AbortController();
    const moment = { run: model.run.peek().id, position: String(shown.position) };
    const ask = (): void => {
      findLinks(moment, selection, abort.signal).then(
        (found) => (abort.signal.aborted ? undefined : (links.value = found)),
        (error: unknown) => {
          // A page that this moment does not have, such as a VM's before it was admitted, is linked to nothing.
          if (!isAbort(error) && !abort.signal.aborted) links.value = NO_LINKS;
        },
      );
    };
    const timer = setTimeout(ask, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  });
}

function itself(page: Selection): PageLinks {
  if (page.kind === "frame") return { ...NO_LINKS, frame: page.physicalPage };
  return page.kind === "real" ? { ...NO_LINKS, realPages: [page] } : { ...NO_LINKS, virtualPage: { ...page, name: null } };
}
