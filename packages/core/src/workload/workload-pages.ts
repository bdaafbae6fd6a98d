import type { TraceReader } from "../trace/index.ts";
import type { FileReading, SeededPart } from "./workload-kind.ts";
import { isComposed, kindOf, type Workload } from "./workload-kinds.ts";

/** JSON path below a workload. */
export type WorkloadPath = readonly (string | number)[];

/** A workload that is not made of others, and what its kind says of it. */
export type WorkloadLeaf = {
  /** From the whole workload to this part. */
  readonly path: WorkloadPath;
  /** One past the highest page of the process's own that it can touch; undefined: not known without its trace, or at all. */
  readonly pages: number | undefined;
  readonly trace: string | undefined;
  /** What of it another seed changes; null: nothing. */
  readonly seeded: SeededPart | null;
  readonly reading: FileReading | undefined;
  /** What of it touches a page outside of the process: a path from the whole workload. */
  findPageOutside(virtualPages: number): WorkloadPath;
};

/** The parts of a workload that are not made of others, in order; a workload that is not is its own only part. */
export function listLeaves(workload: Workload, path: WorkloadPath = []): WorkloadLeaf[] {
  const kind = kindOf(workload);
  if (isComposed(kind)) {
    return kind.parts(workload).flatMap((part, index) => listLeaves(part, [...path, kind.partsMember, index]));
  }
  return [
    {
      path,
      pages: kind.countPages(workload),
      trace: kind.trace?.(workload),
      seeded: kind.seededPart(workload),
      reading: kind.reading?.(workload),
      findPageOutside: (virtualPages) => [...path, ...(kind.findPageOutside?.(workload, virtualPages) ?? [])],
    },
  ];
}

/** One past the highest page of the process's own that a workload can touch; traces that are not in `traces` count as touching none. */
export function countWorkloadPages(workload: Workload, traces: ReadonlyMap<string, TraceReader>): number {
  return listLeaves(workload).reduce((max, { pages, trace }) => {
    const ofTrace = trace === undefined ? 0 : (traces.get(trace)?.pageCount ?? 0);
    return Math.max(max, pages ?? ofTrace);
  }, 0);
}

/** Names of the traces that a workload reads, each once, in order of their first use. */
export function listWorkloadTraces(workload: Workload): string[] {
  return [...new Set(listLeaves(workload).flatMap(({ trace }) => (trace === undefined ? [] : [trace])))];
}
