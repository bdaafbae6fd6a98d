import { STREAM_WAITING } from "../access-stream.ts";
import type { StreamPart } from "../streams/stream-part.ts";
import { simpleKind } from "../workload-kind.ts";

/** Waits for commands, for ever. */
class InteractiveStream implements StreamPart {
  readonly idleNs = 0;

  fill(): number {
    return STREAM_WAITING;
  }

  restart(): void {}

  save(): readonly number[] {
    return [];
  }

  load(): void {}
}

export const interactive = simpleKind({
  description: "Only what commands ask for; never ends by itself, so the run waits unless `durationNs` gives it an end.",
  fields: {},
  createStream: () => new InteractiveStream(),
  countAccesses: () => null,
  seededPart: () => null,
  countPages: () => undefined,
});
