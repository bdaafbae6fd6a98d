import type { RunSegment } from "./run-segments.ts";
import type { StoredCommit } from "./stored-commit.ts";

/**
 * Commits that were read lately, as they are stored: what is asked next lies often in the same one. They never change. The least recently
 * used are dropped when their bytes exceed a bound.
 */
export class CommitCache {
  readonly #maxBytes: number;
  readonly #commits = new Map<string, { readonly sourceRun: number; readonly commit: StoredCommit }>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The commit that holds a position of a segment, if it is here. */
  at({ sourceRun }: RunSegment, position: number): StoredCommit | undefined {
    for (const [key, entry] of this.#commits) {
      const { firstPosition, lastPosition } = entry.commit;
      if (entry.sourceRun !== sourceRun || position < firstPosition || position > lastPosition) continue;
      this.#commits.delete(key);
      this.#commits.set(key, entry);
      return entry.commit;
    }
    return undefined;
  }

  add({ sourceRun }: RunSegment, commit: StoredCommit): void {
    const key = `${sourceRun}:${commit.lastPosition}`;
    if (this.#commits.has(key)) return;
    this.#commits.set(key, { sourceRun, commit });
    this.#bytes += commit.bytes;
    for (const [oldest, { commit: dropped }] of this.#commits) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#commits.delete(oldest);
      this.#bytes -= dropped.bytes;
    }
  }
}
