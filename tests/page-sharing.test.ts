import { expect, test } from "vitest";
import { EventCode } from "../packages/core/src/events/index.ts";
import { createKernel } from "../packages/core/src/kernel/index.ts";
import { readParameters } from "../packages/core/src/policy/index.ts";
import { policy as ksm } from "../packages/policies/ksm/src/index.ts";
import { readScenarioFile } from "./scenario-outcomes.ts";

const VMS = 4;
const COMMON_PAGES = 1024 / 2;
const WRITTEN_PAGES = 256;

test("page-sharing shows the law of sharing, and then what copies take back of it", () => {
  const scenario = readScenarioFile("page-sharing");
  const parameters = readParameters(ksm.parameters, scenario.policy.parameters, "").values;
  const kernel = createKernel({ scenario, policy: ksm, parameters, traces: new Map() });
  let maxSaved = 0;
  let copies = 0;
  let unshared = 0;
  while (kernel.advance(1, Number.POSITIVE_INFINITY) === "running") {
    const { types, length } = kernel.takeBatch();
    maxSaved = Math.max(maxSaved, kernel.machine.savedPages);
    copies += types.subarray(0, length).filter((type) => type === EventCode.SharedPageCopied).length;
    unshared += types.subarray(0, length).filter((type) => type === EventCode.FrameUnshared).length;
  }
  // Oracle: c (N - 1) / N of N x 1,024 pages with c = 1/2. Half of the pages written to are common ones as well: of each
  // of these N - 1 VMs copy theirs, and the last one keeps the frame.
  expect(maxSaved).toBe(COMMON_PAGES * (VMS - 1));
  expect([copies, unshared]).toEqual([(WRITTEN_PAGES / 2) * (VMS - 1), WRITTEN_PAGES / 2]);
  expect(kernel.machine.savedPages).toBe((COMMON_PAGES - WRITTEN_PAGES / 2) * (VMS - 1));
});
