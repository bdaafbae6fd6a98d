import fc from "fast-check";
import type { FileSpec } from "../scenario/index.ts";
import type { Workload } from "../workload/index.ts";
import { references } from "./small-scenario.ts";

const writeRatio = fc.constantFrom(0, 0.3, 1);

/** Workloads of at most a few hundred accesses within so many pages and these files. */
export function workloadArbitrary(virtualPages: number, files: readonly FileSpec[] = []): fc.Arbitrary<Workload> {
  const accesses = fc.integer({ min: 1, max: 300 });
  const pages = fc.integer({ min: 1, max: virtualPages });
  const firstPage = fc.constant(0);
  const page = fc.integer({ min: 0, max: virtualPages - 1 });
  const reference = fc.tuple(fc.boolean(), page).map(([isStore, number]) => `${isStore ? "w" : ""}${number}`);
  const simple: fc.Arbitrary<Workload>[] = [
    fc.record({ kind: fc.constant("sequential" as const), firstPage, pages, writeRatio }),
    fc.record({ kind: fc.constant("cyclic" as const), firstPage, pages, accesses, writeRatio }),
    fc.record({ kind: fc.constant("uniform" as const), firstPage, pages, accesses, writeRatio }),
    fc.record({ kind: fc.constant("zipf" as const), firstPage, pages, accesses, exponent: fc.constant(1), writeRatio }),
    fc.record({
      kind: fc.constant("ramp" as const),
      firstPage,
      fromPages: pages,
      toPages: pages,
      accesses,
      writeRatio,
    }),
    fc.array(reference, { minLength: 1, maxLength: 100 }).map((list) => references(list.join(" "))),
    ...files.map(readsArbitrary),
  ];
  const idle = fc.record({ kind: fc.constant("idle" as const), ns: fc.integer({ min: 1, max: 500_000 }) });
  const phases = fc.record({
    kind: fc.constant("phases" as const),
    phases: fc.array(fc.oneof(...simple, idle), { minLength: 1, maxLength: 3 }),
    times: fc.integer({ min: 1, max: 2 }),
  });
  return fc.oneof(...simple, phases);
}

function readsArbitrary(file: FileSpec): fc.Arbitrary<Workload> {
  return fc.nat(file.pages - 1).chain((firstPage) =>
    fc.record({
      kind: fc.constant("readFile" as const),
      file: fc.constant(file.name),
      firstPage: fc.constant(firstPage),
      pages: fc.oneof(fc.constant(null), fc.integer({ min: 1, max: file.pages - firstPage })),
      times: fc.integer({ min: 1, max: 2 }),
      writeRatio,
      readAheadPages: fc.constantFrom(0, 1, 6),
    }),
  );
}

/** At most two, named so that a VM can have them both. */
export const filesArbitrary: fc.Arbitrary<FileSpec[]> = fc
  .array(fc.record({ pages: fc.integer({ min: 1, max: 30 }), hasImage: fc.boolean() }), { maxLength: 2 })
  .map((drawn) =>
    drawn.map(({ pages, hasImage }, index) => {
      const image = hasImage ? { name: "linux", commonFraction: 1 } : null;
      return { name: `file-${index + 1}`, pages, image };
    }),
  );
