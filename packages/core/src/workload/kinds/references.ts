import { assert } from "../../assert/index.ts";
import type { AccessBuffer } from "../access-stream.ts";
import { required } from "../../reading/object.ts";
import { parseReference } from "../parse-reference.ts";
import { CountedStream } from "../streams/counted-stream.ts";
import { simpleKind } from "../workload-kind.ts";
import { referencesForm } from "./references-form.ts";

class ReferencesStream extends CountedStream {
  private readonly pages: Int32Array;
  private readonly kinds: Uint8Array;

  constructor(references: readonly string[]) {
    super(references.length);
    this.pages = new Int32Array(references.length);
    this.kinds = new Uint8Array(references.length);
    references.forEach((text, index) => {
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

export const references = simpleKind({
  description: "Exactly these accesses, in this order.",
  fields: {
    references: required(
      referencesForm,
      '3 or "3" loads page 3, "w3" stores to it: a list such as [7, 0, "w1"], or text such as "7 0 w1". Or by names of pages: "red" and ' +
        '"w:red"; names have the numbers of the process\'s pageNames, others the lowest free ones by their first use.',
    ),
  },
  createStream: (workload) => new ReferencesStream(workload.references),
  countAccesses: (workload) => workload.references.length,
  seededPart: () => null,
  countPages: (workload) => workload.references.reduce((max, text) => Math.max(max, pageOf(text) + 1), 0),
  findPageOutside: (workload, virtualPages) => {
    return ["references", workload.references.findIndex((text) => pageOf(text) >= virtualPages)];
  },
});

function pageOf(text: string): number {
  return parseReference(text)?.page ?? -1;
}
