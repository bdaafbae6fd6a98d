import { isAbort } from "../../api/api-error.ts";
import { askImmutable } from "../../api/immutable-answers.ts";
import type { MapModel } from "../map-model.ts";
import { PositionAtTime } from "./timeline.generated.ts";

/** Before the server is asked for what local knowledge answers about. */
const IDLE_MS = 150;

let idle: ReturnType<typeof setTimeout> | undefined;
let asked = new AbortController();

/** Shows the run at a simulated time: immediately about there, and exactly once the pointer rests. */
export function scrubToTime(model: MapModel, timeNs: number): void {
  clearTimeout(idle);
  asked.abort();
  const exact = exactPosition(model, timeNs);
  model.scrub(exact ?? model.times.positionAt(timeNs));
  if (exact !== undefined) return;
  idle = setTimeout(() => {
    asked = new AbortController();
    void settle(model, timeNs, asked.signal);
  }, IDLE_MS);
}

/** Where it is known without a request. */
export function exactPosition({ session, headTimeNs, head }: MapModel, timeNs: number): number | undefined {
  return timeNs >= headTimeNs.peek() ? head.peek() : session.maps.positionAt(timeNs);
}

async function settle(model: MapModel, timeNs: number, signal: AbortSignal): Promise<void> {
  try {
    const { run } = await askImmutable(PositionAtTime, { run: model.run.peek().id, timeNs: String(Math.round(timeNs)) }, signal);
    if (run === null || signal.aborted) return;
    model.times.add(Number(run.at.position), Number(run.at.timeNs));
    model.scrub(Number(run.at.position));
  } catch (error) {
    // About there is what stays shown.
    if (!isAbort(error)) model.session.error.value = error;
  }
}
