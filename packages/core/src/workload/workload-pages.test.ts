import fc from "fast-check";
import { expect, test } from "vitest";
import type { TraceReader } from "../trace/index.ts";
import { parseReference } from "./parse-reference.ts";
import type { Workload } from "./workload-kinds.ts";
import { countWorkloadPages, listWorkloadTraces } from "./workload-pages.ts";

const traces = new Map([["big", { pageCount: 77 } as TraceReader]]);

test.each<[Workload, number]>([
  [{ kind: "sequential", firstPage: 4, pages: 6, writeRatio: 0 }, 10],
  [{ kind: "ramp", firstPage: 1, fromPages: 9, toPages: 3, accesses: 5, writeRatio: 0 }, 10],
  [{ kind: "references", references: ["3", "w8", "0"] }, 9],
  [{ kind: "trace", trace: "big", times: 1 }, 77],
  [{ kind: "trace", trace: "unknown", times: 1 }, 0],
  [
    {
      kind: "phases",
      times: 2,
      phases: [
        { kind: "idle", ns: 1 },
        { kind: "trace", trace: "big", times: 1 },
      ],
    },
    77,
  ],
])("one past the highest page of %j is %d (oracle: counted by hand)", (workload, expected) => {
  expect(countWorkloadPages(workload, traces)).toBe(expected);
});

test("the traces of nested phases are listed once each", () => {
  const trace = (name: string): Workload => ({ kind: "trace", trace: name, times: 1 });
  const inner: Workload = { kind: "phases", phases: [trace("b"), trace("a")], times: 1 };
  expect(listWorkloadTraces({ kind: "phases", phases: [trace("a"), inner], times: 1 })).toEqual(["a", "b"]);
});

test("a reference is a page number, a store with w before it, and nothing else is one", () => {
  expect(parseReference("12")).toEqual({ page: 12, kind: 1 });
  expect(parseReference("w0")).toEqual({ page: 0, kind: 2 });
  for (const text of ["", "w", "-1", "01", "1.5", "r3", "3w", " 3", "3\n", "9999999999"]) {
    expect(parseReference(text), JSON.stringify(text)).toBeUndefined();
  }
});

test("every reference that is written as one is read as one", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 28), fc.boolean(), (page, isStore) => {
      expect(parseReference(`${isStore ? "w" : ""}${page}`)).toEqual({ page, kind: isStore ? 2 : 1 });
    }),
  );
});
