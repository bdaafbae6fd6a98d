import { MAX_NS } from "../../reading/limits.ts";
import { required } from "../../reading/object.ts";
import { duration } from "../../reading/quantities.ts";
import { STREAM_ENDED, STREAM_IDLE } from "../access-stream.ts";
import type { StreamPart } from "../streams/stream-part.ts";
import { simpleKind } from "../workload-kind.ts";

/** One pause, and then the end. */
class IdleStream implements StreamPart {
  readonly idleNs: number;
  private isOver = false;

  constructor(ns: number) {
    this.idleNs = ns;
  }

  fill(): number {
    if (this.isOver) return STREAM_ENDED;
    this.isOver = true;
    return STREAM_IDLE;
  }

  restart(): void {
    this.isOver = false;
  }

  save(): readonly number[] {
    return [this.isOver ? 1 : 0];
  }

  load(saved: readonly number[]): void {
    this.isOver = saved[0] === 1;
  }
}

export const idle = simpleKind({
  description: "No access for `ns`.",
  fields: { ns: required(duration({ minimum: 1, maximum: MAX_NS }), 'How long: ns, or text such as "2 s".') },
  createStream: ({ ns }) => new IdleStream(ns),
  countAccesses: () => 0,
  seededPart: () => null,
  countPages: () => 0,
  idleNs: ({ ns }) => ns,
});
