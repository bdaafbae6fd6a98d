import { effect } from "@preact/signals";
import { isAbort } from "../../api/api-error.ts";
import { askImmutable } from "../../api/immutable-answers.ts";
import type { MapModel } from "../map-model.ts";
import { TimesOfPositions } from "./timeline.generated.ts";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"] as const;
/** A run that goes on is asked again when it has grown by this much of what was known. */
const GROWTH = 1.25;

/** Asks for the times of some positions of the run, so that a drag finds about where it is before any map is there. */
export function followAnchors(model: MapModel): () => void {
  let known = 0;
  const abort = new AbortController();
  const end = effect(() => {
    const head = model.head.value;
    model.times.add(head, model.headTimeNs.peek());
    if (head < known * GROWTH) return;
    known = head;
    const positions = NAMES.map((_, index) => Math.floor((head * (index + 1)) / (NAMES.length + 1)));
    void askTimes(model, positions, abort.signal);
  });
  return () => {
    end();
    abort.abort();
  };
}

async function askTimes(model: MapModel, positions: readonly number[], signal: AbortSignal): Promise<void> {
  const [a, b, c, d, e, f, g] = positions.map(String) as [string, string, string, string, string, string, string];
  try {
    const { run } = await askImmutable(TimesOfPositions, { run: model.run.peek().id, a, b, c, d, e, f, g }, signal);
    if (run === null) return;
    for (const [index, name] of NAMES.entries()) model.times.add(positions[index]!, Number(run[name].timeNs));
  } catch (error) {
    // Without them a drag is less exact until it rests.
    if (!isAbort(error)) model.session.error.value = error;
  }
}
