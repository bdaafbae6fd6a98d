import { assert } from "../../assert/index.ts";
import { type AccessBuffer, STREAM_ENDED } from "../access-stream.ts";
import { parseReference } from "../parse-reference.ts";
import type { ReferencesWorkload } from "../workload.ts";
import type { StreamPart } from "./stream-part.ts";

export class ReferencesStream implements StreamPart {
  readonly idleNs = 0;
  private readonly pages: Int32Array;
  private readonly kinds: Uint8Array;
  private done = 0;

  constructor(workload: ReferencesWorkload) {
    this.pages = new Int32Array(workload.references.length);
    this.kinds = new Uint8Array(workload.references.length);
    workload.references.forEach((text, index) => {
      const reference = parseReference(text);
      assert(reference !== undefined, () => `${JSON.stringify(text)} is no reference; the parser lets none through`);
      this.pages[index] = reference.page;
      this.kinds[index] = reference.kind;
    });
  }

  fill(buffer: AccessBuffer): number {
    const start = this.done;
    const count = Math.min(buffer.pages.length, this.pages.length - start);
    if (count <= 0) return STREAM_ENDED;
    for (let i = 0; i < count; i++) {
      buffer.pages[i] = this.pages[start + i];
      buffer.kinds[i] = this.kinds[start + i];
    }
    this.done += count;
    return count;
  }

  restart(): void {
    this.done = 0;
  }

  save(): readonly number[] {
    return [this.done];
  }

  load(saved: readonly number[]): void {
    this.done = saved[0] ?? 0;
  }
}
