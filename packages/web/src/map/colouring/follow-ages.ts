import { effect } from "@preact/signals";
import { isAbort } from "../../api/api-error.ts";
import type { MapModel } from "../map-model.ts";
import { isLayer } from "./colouring.ts";

/** A position that is shown for so long is rested at. */
const PAUSE_MS = 120;

/** Where pages are coloured by what is not in the map, asks for it at the moment that is rested at. */
export function followAges(model: MapModel): () => void {
  return effect(() => {
    const shown = model.session.shown.value;
    const mode = model.mode.value;
    model.activityError.value = undefined;
    if (!isLayer(mode) || shown === undefined) return undefined;
    const abort = new AbortController();
    const ask = mode === "age" ? askAges : askActivity;
    const timer = setTimeout(() => void ask(model, shown.position, abort.signal), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  });
}

async function askAges(model: MapModel, position: number, signal: AbortSignal): Promise<void> {
  try {
    const ages = await model.session.maps.ages(position, signal);
    if (!signal.aborted) model.ages.value = ages;
  } catch (error) {
    if (!isAbort(error)) model.session.error.value = error;
  }
}

/** The server executes the run again, which can take longer than one request: it goes on meanwhile, and is asked again. */
async function askActivity(model: MapModel, position: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && model.activity.peek()?.position !== position) {
    try {
      const activity = await model.session.maps.activity(position, signal);
      if (!signal.aborted && activity !== undefined) model.activity.value = activity;
    } catch (error) {
      if (!isAbort(error) && !signal.aborted) model.activityError.value = error;
      return;
    }
  }
}
