import { effect } from "@preact/signals";
import type { MapModel } from "../map-model.ts";
import { exactPosition } from "../timeline/scrub-to-time.ts";

/** How fast a run is played: so many events, or so much simulated time, per second. */
export type Speed = { readonly kind: "events"; readonly perSecond: number } | { readonly kind: "time"; readonly factor: number };

const NS_PER_MS = 1e6;
/** A longer pause between two pictures, such as of a hidden tab, does not count. */
const MAX_FRAME_MS = 100;

/** Moves the position while the model is playing, until the run's end. Returns what ends it. */
export function followPlayback(model: MapModel, speedOf: () => Speed): () => void {
  return effect(() => {
    if (!model.isPlaying.value) return undefined;
    let request = 0;
    let before = performance.now();
    let at = startOf(model);
    const step = (now: number): void => {
      request = requestAnimationFrame(step);
      const elapsedMs = Math.min(MAX_FRAME_MS, now - before);
      before = now;
      // A picture that is on its way is waited for.
      if (model.session.shown.peek()?.position !== model.position.peek()) return;
      at = advance(model, at, elapsedMs, speedOf());
      if (Math.floor(at.position) !== model.position.peek()) model.scrub(Math.floor(at.position));
      model.session.maps.prefetch(1);
      if (at.position >= model.head.peek()) model.isPlaying.value = false;
    };
    request = requestAnimationFrame(step);
    return () => cancelAnimationFrame(request);
  });
}

type Place = { readonly position: number; readonly timeNs: number };

/** From the beginning, where there is nothing left to play. */
function startOf(model: MapModel): Place {
  const position = model.position.peek() >= model.head.peek() ? 0 : model.position.peek();
  const timeNs = model.session.maps.timeNsAt(position) ?? model.times.timeAt(position);
  return { position, timeNs };
}

function advance(model: MapModel, { position, timeNs }: Place, elapsedMs: number, speed: Speed): Place {
  if (speed.kind === "events") {
    const next = Math.min(model.head.peek(), position + (speed.perSecond * elapsedMs) / 1000);
    return { position: next, timeNs: model.times.timeAt(Math.floor(next)) };
  }
  const next = Math.min(model.headTimeNs.peek(), timeNs + speed.factor * elapsedMs * NS_PER_MS);
  return { position: Math.max(position, exactPosition(model, next) ?? model.times.positionAt(next)), timeNs: next };
}
