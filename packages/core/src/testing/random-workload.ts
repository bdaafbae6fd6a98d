import fc from "fast-check";
import type { Json } from "../policy/index.ts";
import type { FileSpec } from "../scenario/index.ts";
import {
  countWorkloadAccesses,
  listLeaves,
  type Workload,
  WORKLOAD_KINDS,
  workloadIdleNs,
  type WorkloadKindName,
} from "../workload/index.ts";
import { COMPOSED_KINDS, composedWorkload, readWorkload, SIMPLE_KINDS, statedWorkload, type WorkloadLimits } from "./stated-workload.ts";

const MAX_ACCESSES = 300;
const MAX_IDLE_NS = 500_000;

/** Workloads of every kind that ends without a trace, of some hundred accesses, within `virtualPages` pages and these files. */
export function workloadArbitrary(virtualPages: number, files: readonly FileSpec[] = []): fc.Arbitrary<Workload> {
  const limits: WorkloadLimits = { pages: virtualPages, accesses: MAX_ACCESSES, ns: MAX_IDLE_NS, files: [], traces: [] };
  const stated = SIMPLE_KINDS.filter(endsWithoutTrace).flatMap((name): fc.Arbitrary<Json>[] => {
    if (!("reading" in WORKLOAD_KINDS[name])) return [statedWorkload(name, limits)];
    return files.map((file) => statedWorkload(name, { ...limits, pages: file.pages, files: [file.name] }));
  });
  const fitting = stated.map((each) => each.filter((form) => fitsInto(readWorkload(form), virtualPages, files)));
  const composed = COMPOSED_KINDS.map((name) => composedWorkload(name, fc.oneof(...fitting)));
  return fc.oneof(...fitting, ...composed).map(readWorkload);
}

function endsWithoutTrace(name: WorkloadKindName): boolean {
  if ("trace" in WORKLOAD_KINDS[name]) return false;
  const limits: WorkloadLimits = { pages: 1, accesses: 1, ns: 1, files: ["any"], traces: [] };
  const [form] = fc.sample(statedWorkload(name, limits), { seed: 1, numRuns: 1 });
  return countWorkloadAccesses(readWorkload(form), { traces: new Map(), files: [] }) !== null;
}

function fitsInto(workload: Workload, virtualPages: number, files: readonly FileSpec[]): boolean {
  if (workloadIdleNs(workload) > MAX_IDLE_NS) return false;
  return listLeaves(workload).every(({ pages = 0, reading }) => {
    const filePages = files.find(({ name }) => name === reading?.file)?.pages ?? 0;
    return pages <= virtualPages && (reading === undefined || reading.firstPage + (reading.pages ?? 1) <= filePages);
  });
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
