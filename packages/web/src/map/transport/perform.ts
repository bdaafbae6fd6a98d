import { isAbort } from "../../api/api-error.ts";
import { setParameters } from "../../address/address.ts";
import { enumWords } from "../../format/numbers.ts";
import { cycleClickMode } from "../../run/page-click.ts";
import { COLOUR_MODES } from "../colouring/colouring.ts";
import type { MapModel } from "../map-model.ts";
import type { Action } from "./shortcuts.ts";
import { batchEnd, type EventType, findEventOfType } from "./step-to.ts";

const FAR_EVENTS = 100;
const KEEPS_PLAYING: ReadonlySet<Action> = new Set(["play", "colours", "touch"]);

/** Does what a key or button of the screen stands for; opening dialogs is left to `open`. */
export function perform(action: Action, model: MapModel, kind: EventType, open: (dialog: "goTo" | "help") => void): void {
  const at = model.position.peek();
  if (!KEEPS_PLAYING.has(action)) model.isPlaying.value = false;
  switch (action) {
    case "previousEvent":
      return model.scrub(at - 1);
    case "nextEvent":
      return model.scrub(at + 1);
    case "previousBatch":
      return model.scrub(batchEnd(model, -1));
    case "nextBatch":
      return model.scrub(batchEnd(model, 1));
    case "back100":
      return model.scrub(at - FAR_EVENTS);
    case "forward100":
      return model.scrub(at + FAR_EVENTS);
    case "begin":
      return model.scrub(0);
    case "end":
      return setParameters({ at: undefined });
    case "previousOfKind":
      return void goToKind(model, kind, -1);
    case "nextOfKind":
      return void goToKind(model, kind, 1);
    case "play":
      model.isPlaying.value = !model.isPlaying.peek();
      return undefined;
    case "colours":
      return model.setMode(COLOUR_MODES[(COLOUR_MODES.indexOf(model.mode.peek()) + 1) % COLOUR_MODES.length] ?? "owner");
    case "touch":
      return cycleClickMode();
    case "deselect":
      return model.select(undefined);
    default:
      return open(action);
  }
}

async function goToKind(model: MapModel, kind: EventType, direction: 1 | -1): Promise<void> {
  const from = model.position.peek();
  try {
    const position = await findEventOfType(model, kind, direction);
    if (model.position.peek() !== from) return;
    if (position === undefined) {
      model.announcement.value = `There is no ${enumWords(kind)} ${direction === 1 ? "after" : "before"} this.`;
      return;
    }
    model.scrub(position);
  } catch (error) {
    if (!isAbort(error)) model.session.error.value = error;
  }
}
