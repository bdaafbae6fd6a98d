import { STREAM_ENDED, STREAM_IDLE, STREAM_WAITING } from "../access-stream.ts";
import type { StreamPart } from "./stream-part.ts";

/** One pause, and then the end. */
export class IdleStream implements StreamPart {
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

/** Waits for commands, for ever. */
export class InteractiveStream implements StreamPart {
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
