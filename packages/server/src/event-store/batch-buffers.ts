import { EventBatch } from "@ballast/core/events";

/** Batches that are kept for the next commits. */
const MAX_SPARES = 4;

/**
 * Memory of batches that were read and are not needed any more, for the next ones: megabytes for each, asked of the system and
 * given back, cost more than to fill them.
 */
export class BatchBuffers {
  readonly #spares: EventBatch[] = [];

  /** A batch of a length whose columns hold anything. */
  take(firstPosition: number, length: number, firstTextId: number): EventBatch {
    const at = this.#spares.findIndex(({ capacity }) => capacity >= length);
    const [spare] = at < 0 ? [] : this.#spares.splice(at, 1);
    const batch = spare ?? new EventBatch(firstPosition, length, firstTextId);
    return Object.assign(batch, { firstPosition, length, firstTextId });
  }

  /** Call when nobody looks at the batch any more, nor at a part of it. */
  give(batch: EventBatch): void {
    if (batch.length === 0) return;
    this.#spares.push(batch);
    if (this.#spares.length > MAX_SPARES) this.#spares.shift();
  }
}
