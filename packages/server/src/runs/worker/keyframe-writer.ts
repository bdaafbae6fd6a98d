import type { MachineTables } from "@ballast/core/memory";
import type { Pool } from "pg";
// Not the whole of history: each thread that executes runs loads this.
import { KeyframeEncoder, type EncodedKeyframe } from "../../history/keyframe-encoder.ts";
import { saveKeyframe } from "../../history/keyframe-store.ts";
import type { EventSink } from "./event-sink.ts";

/** Keyframes that may wait to be stored before the simulation waits for them. */
const DEPTH = 4;

/** Stores the keyframes that are due, each after the events that it covers, while the run continues. */
export class KeyframeWriter {
  readonly #pool: Pool;
  readonly #run: number;
  #encoder: KeyframeEncoder;
  #tail: Promise<void> = Promise.resolve();
  #waiting = 0;
  #hasFailed = false;

  /** `position`: where the run was begun or taken up. */
  constructor(pool: Pool, run: number, position: number) {
    this.#pool = pool;
    this.#run = run;
    this.#encoder = new KeyframeEncoder(position);
  }

  /** Call when everything that the machine has seen was pushed into the pipe. */
  async offer(machine: MachineTables, pipe: EventSink): Promise<void> {
    if (this.#hasFailed) {
      // Later keyframes would rest on the one that could not be stored: the next is a full one.
      this.#hasFailed = false;
      this.#encoder = new KeyframeEncoder(machine.position);
    }
    const keyframe = this.#encoder.offer(machine);
    if (keyframe === undefined) return;
    this.#waiting++;
    this.#tail = this.#tail.then(() => this.#store(keyframe, pipe));
    if (this.#waiting >= DEPTH) await this.#tail;
  }

  async settle(): Promise<void> {
    await this.#tail;
  }

  async #store(keyframe: EncodedKeyframe, pipe: EventSink): Promise<void> {
    try {
      if (!this.#hasFailed) {
        await pipe.untilStored(keyframe.position);
        await saveKeyframe(this.#pool, this.#run, keyframe);
      }
    } catch {
      // The history replays more events without it; whatever keeps Postgres from storing it will show in the next
      // append.
      this.#hasFailed = true;
    }
    this.#waiting--;
  }
}
