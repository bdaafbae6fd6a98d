import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Counter } from "../../../memory/index.ts";
import { countMisses, parseAlgorithmChoice } from "../../../replacement/index.ts";
import type { Replacement, Scenario } from "../../../scenario/index.ts";
import { caseCount } from "../../../testing/case-count.ts";
import { recordReferences, type WrittenReference } from "../../../testing/record-trace.ts";
import { kernelInput } from "../../../testing/run-to-end.ts";
import { quietPolicy, smallHost, smallScenario, smallVm } from "../../../testing/small-scenario.ts";
import { ExpandedBlocks, type TraceReader } from "../../../trace/index.ts";
import { createKernel, restoreKernel } from "../../engine/create-kernel.ts";

const SHARED = ["sieve", "lfu", "random", "opt"] as const satisfies readonly Replacement[];
const SEED = 7;

type Native = { readonly reader: TraceReader; readonly frames: number; readonly replacement: Replacement; readonly isOneLevel: boolean };

function replaying({ reader, frames, replacement, isOneLevel }: Native): Scenario {
  const workload = { kind: "trace", trace: "list", times: 1 } as const;
  const vm = smallVm("os", frames, workload, { replacement, balloon: null, virtualPages: reader.pageCount });
  const host = smallHost(isOneLevel ? frames : frames + 4);
  // Samples divide the accesses into many actions, so that a run can be cut anywhere.
  return smallScenario(host, [vm], { mapping: isOneLevel ? "oneLevel" : "twoLevel", seed: SEED, sampleNs: 700 });
}

/** Misses of the guest; with `cut`, of a kernel that is saved after so many actions, and continued by another. */
function guestMisses(native: Native, cut = 0): number {
  const input = kernelInput(replaying(native), quietPolicy, new Map([["list", native.reader]]));
  let kernel = createKernel(input);
  if (cut > 0) {
    kernel.advance(Number.POSITIVE_INFINITY, cut);
    kernel.takeBatch();
    kernel = restoreKernel(input, kernel.save());
  }
  while (kernel.advance(1024, Number.POSITIVE_INFINITY) === "running") kernel.takeBatch();
  const { counters } = kernel.machine.vm(1);
  return counters[Counter.guestMinorFaults] + counters[Counter.guestMajorFaults];
}

const listArbitrary = fc.array(fc.tuple(fc.integer({ min: 0, max: 14 }), fc.constantFrom(0, 1, 2)), { minLength: 1, maxLength: 300 });

describe.each(SHARED)("a guest under %s", (replacement) => {
  // Oracle: `countMisses`, which plain implementations check in core/replacement. With several VMs random draws from other streams.
  test("misses as often as the references of its process do in `ballast mrc`, on one level and on two, saved in the middle or not", () => {
    fc.assert(
      fc.property(listArbitrary, fc.integer({ min: 1, max: 16 }), fc.integer({ min: 0, max: 30 }), (list, frames, cut) => {
        const { reader } = recordReferences("list", list as readonly WrittenReference[]);
        const [[expected]] = countMisses(new ExpandedBlocks(reader), [{ choice: parseAlgorithmChoice(replacement), frames: [frames] }], {
          seed: SEED,
        });
        for (const isOneLevel of replacement === "random" ? [true] : [true, false]) {
          expect(guestMisses({ reader, frames, replacement, isOneLevel }, cut)).toBe(expected);
        }
      }),
      { numRuns: caseCount(60, 3000) },
    );
  });
});
