import { effect } from "@preact/signals";
import { isAbort } from "../../api/api-error.ts";
import type { MapModel } from "../map-model.ts";

/** A position that is shown for so long is rested at. */
const PAUSE_MS = 120;

/** Where pages are coloured by age, asks for the ages of the moment that is rested at. */
export function followAges(model: MapModel): () => void {
  return effect(() => {
    const shown = model.session.shown.value;
    if (model.mode.value !== "age" || shown === undefined) return undefined;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      model.session.maps.ages(shown.position, abort.signal).then(
        (ages) => (abort.signal.aborted ? undefined : (model.ages.value = ages)),
        (error: unknown) => (isAbort(error) ? undefined : (model.session.error.value = error)),
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  });
}
