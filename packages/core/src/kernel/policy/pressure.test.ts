import { expect, test } from "vitest";
import { type Decision, realPage, type StealPages, vmId } from "../../policy/index.ts";
import { plainDevice } from "../../scenario/index.ts";
import { kernelInput, runChecked } from "../../testing/run-to-end.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import type { Workload } from "../../workload/index.ts";

const MS = 1_000_000;

/** What a policy sees of a VM's stalls before and after the VM has touched three pages that were stolen from it. */
function stallsSeen(into: "swap" | "compression"): (number | undefined)[] {
  const idle: Workload = { kind: "idle", ns: 2 * MS };
  const phases = [references("w0 w1 w2"), idle, references("0 1 2"), idle];
  const vm = smallVm("vm", 100, { kind: "phases", times: 1, phases }, { balloon: null });
  const processes = vm.processes.map((process) => Object.assign({}, process, { compressedFraction: 0 }));
  const seen: (number | undefined)[] = [];
  const take: StealPages["take"] = { realPages: [0, 1, 2].map(realPage) };
  const policy = policyOf(
    ({ timeNs, vms }): Decision[] => {
      seen.push(vms[0]?.stallNs);
      return timeNs === MS ? [{ kind: "StealPages", vm: vmId(1), take, into, reason: "test" }] : [];
    },
    { requires: ["steal", "pressure", "compression"] },
  );
  const host = smallHost(200, { swapDevice: plainDevice(7000, 0) });
  runChecked(kernelInput(smallScenario(host, [{ ...vm, processes }]), policy));
  return [seen[1], seen.at(-1)];
}

test("a policy sees for how long a VM stood still for swap-ins, and for decompressions", () => {
  // Oracle: three swap-ins of 7 us one after the other; three decompressions of 6.4 us each.
  expect(stallsSeen("swap")).toEqual([0, 21_000]);
  expect(stallsSeen("compression")).toEqual([0, 19_200]);
});
