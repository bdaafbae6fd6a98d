import { assert } from "../../assert/index.ts";
import type { AccessBuffer } from "../access-stream.ts";
import { parseReference } from "../parse-reference.ts";
import type { ReferencesWorkload } from "../workload.ts";
import { CountedStream } from "./counted-stream.ts";

export class ReferencesStream extends CountedStream {
  private readonly pages: Int32Array;
  private readonly kinds: Uint8Array;

  constructor(workload: ReferencesWorkload) {
    super(workload.references.length);
    this.pages = new Int32Array(workload.references.length);
    this.kinds = new Uint8Array(workload.references.length);
    workload.references.forEach((text, index) => {
      const reference = parseReference(text);
      assert(reference !== undefined, () => `${JSON.stringify(text)} is no reference; the parser lets none through`);
      this.pages[index] = reference.page;
      this.kinds[index] = reference.kind;
    });
  }

  protected fillNext(buffer: AccessBuffer, count: number): void {
    const start = this.done;
    for (let i = 0; i < count; i++) {
      buffer.pages[i] = this.pages[start + i];
      buffer.kinds[i] = this.kinds[start + i];
    }
  }
}
