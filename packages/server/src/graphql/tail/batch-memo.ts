import type { EventBatch } from "@ballast/core/events";

/** Results made from parts of a batch, kept as long as the batch itself is in use, and no more than a few of each. */
export class BatchMemo<Result> {
  private readonly resultsPerBatch: number;
  private readonly batches = new WeakMap<EventBatch, Map<string, Promise<Result>>>();

  constructor(resultsPerBatch: number) {
    this.resultsPerBatch = resultsPerBatch;
  }

  get(batch: EventBatch, key: string, make: () => Promise<Result>): Promise<Result> {
    const results = this.batches.get(batch) ?? new Map<string, Promise<Result>>();
    this.batches.set(batch, results);
    const known = results.get(key);
    if (known !== undefined) return known;
    const making = make();
    if (results.size >= this.resultsPerBatch) results.clear();
    results.set(key, making);
    making.catch(() => results.delete(key));
    return making;
  }
}
