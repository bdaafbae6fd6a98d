import { type AccessBuffer, STREAM_ENDED } from "../access-stream.ts";
import type { StreamPart } from "./stream-part.ts";

/** Its parts one after the other, the whole list several times. Parts that are not at work need no saving. */
export class PhasesStream implements StreamPart {
  private readonly parts: readonly StreamPart[];
  private readonly times: number;
  private round = 0;
  private index = 0;

  constructor(parts: readonly StreamPart[], times: number) {
    this.parts = parts;
    this.times = times;
  }

  get idleNs(): number {
    return this.parts[this.index].idleNs;
  }

  fill(buffer: AccessBuffer): number {
    while (this.round < this.times) {
      const count = this.parts[this.index].fill(buffer);
      if (count !== STREAM_ENDED) return count;
      this.goToNextPart();
    }
    return STREAM_ENDED;
  }

  private goToNextPart(): void {
    this.index += 1;
    if (this.index === this.parts.length) {
      this.index = 0;
      this.round += 1;
    }
    this.parts[this.index].restart();
  }

  restart(): void {
    this.round = 0;
    this.index = 0;
    this.parts[0].restart();
  }

  save(): readonly number[] {
    return [this.round, this.index, ...this.parts[this.index].save()];
  }

  load(saved: readonly number[]): void {
    [this.round = 0, this.index = 0] = saved;
    this.parts[this.index].load(saved.slice(2));
  }
}
