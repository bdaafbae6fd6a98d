import { expect, test } from "vitest";
import type { MissRatioCurve, Observation } from "../../policy/index.ts";
import { exactMissRatioCurve } from "../../reuse/index.ts";
import type { ProcessSpec } from "../../scenario/index.ts";
import { drain, kernelInput } from "../../testing/run-to-end.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import type { Workload } from "../../workload/index.ts";
import { createKernel } from "./create-kernel.ts";

const reads: Workload = { kind: "readFile", file: "data", firstPage: 0, pages: null, times: 3, writeRatio: 0, readAheadPages: 0 };

function processOf(name: string, virtualPages: number, workload: Workload): ProcessSpec {
  return {
    name,
    virtualPages,
    backing: "anonymous",
    accessNs: 100,
    image: null,
    compressedFraction: 0.4,
    atEnd: "keep",
    pageNames: {},
    workload,
  };
}

test("foresight knows pages of files too, the same for every process that reads them; oracle: the accesses that were made", () => {
  const both: Workload = { kind: "phases", phases: [references("w0 w1 w2 0"), reads], times: 2 };
  const processes = [processOf("both", 3, both), processOf("reader", 1, reads)];
  const files = [
    { name: "log", pages: 5, image: null },
    { name: "data", pages: 7, image: null },
  ];
  const vm = smallVm("guest", 16, references(""), { processes, files });
  let first: MissRatioCurve | undefined;
  const decide = ({ vms }: Observation): [] => {
    first ??= vms[0]?.missRatioCurve;
    return [];
  };
  const policy = policyOf(decide, { requires: ["foresight"], periodNs: () => 1000 });
  const made: number[] = [];
  const onAccesses = (_vm: number, space: number, pages: Int32Array, from: number, count: number): void => {
    for (let i = from; i < from + count; i++) made.push(100 * space + pages[i]);
  };
  const scenario = smallScenario(smallHost(40), [vm]);
  drain(createKernel({ ...kernelInput(scenario, policy), onAccesses }), 256, () => {});
  expect(made.length).toBe(2 * (4 + 21) + 21);
  expect(first?.accesses).toBe(made.length);
  // With room for all pages the order in which processes take turns does not matter: 3 of their own and 7 of the file miss once.
  const exact = exactMissRatioCurve(made, first?.stepPages ?? 1, 16);
  expect(first?.missRatios.at(-1)).toBe(exact.missRatios.at(-1));
  expect(first?.missRatios.at(-1)).toBeCloseTo((3 + 7) / made.length, 12);
});
