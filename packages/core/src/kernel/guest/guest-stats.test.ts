import { expect, test } from "vitest";
import type { GuestStats, Observation, Policy } from "../../policy/index.ts";
import type { ProcessSpec, VmSpec } from "../../scenario/index.ts";
import { kernelInput, runChecked } from "../../testing/run-to-end.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";

function processOf(name: string, backing: ProcessSpec["backing"], virtualPages: number, text: string): ProcessSpec {
  return {
    name,
    virtualPages,
    backing,
    accessNs: 100,
    atEnd: "keep",
    image: null,
    compressedFraction: 0.4,
    pageNames: {},
    workload: references(text),
  };
}

/** What a policy with these capabilities sees last, of VMs whose workload is over by then. */
function lastSeen(vm: VmSpec, requires: Policy["requires"]): Observation["vms"][number] {
  let last: Observation | undefined;
  const decide = (observation: Observation): [] => {
    last = observation;
    return [];
  };
  const scenario = smallScenario(smallHost(64), [vm], { durationNs: 20_000_000 });
  runChecked(kernelInput(scenario, policyOf(decide, { requires })));
  const [seen] = last?.vms ?? [];
  if (seen === undefined) throw new Error("the policy was not asked while the VM was on");
  return seen;
}

const twoKinds = smallVm("guest", 8, references("0"), {
  kernelPages: 1,
  replacement: "fifo",
  processes: [processOf("shell", "anonymous", 20, "w0 w1 2"), processOf("reader", "file", 30, "0 w1 2")],
});

test("a guest's statistics are those that its driver would count; oracle: the accesses, counted by hand", () => {
  const { guest } = lastSeen(twoKinds, ["guestStats"]);
  // 8 pages, 1 of the kernel, 6 used; the second file page is dirty. Three anonymous pages were zeros, three were read.
  const expected: GuestStats = {
    totalPages: 8,
    freePages: 1,
    availablePages: 3,
    majorFaults: 3,
    minorFaults: 3,
    pageOuts: 0,
    pageIns: 0,
  };
  expect(guest).toEqual(expected);
});

test("page-outs and page-ins of a guest are those of its swap, not those of files; oracle: fifo by hand", () => {
  // Four real pages: file page 3 drives out anonymous page 0, and file page 4 file page 0; both are dirty.
  const processes = [processOf("both", "anonymous", 8, "w0"), processOf("writer", "file", 8, "w0 1 2 3 4")];
  const { guest } = lastSeen(smallVm("guest", 4, references("0"), { replacement: "fifo", processes }), ["guestStats"]);
  expect(guest).toMatchObject({ pageOuts: 1, pageIns: 0, majorFaults: 5, minorFaults: 1 });
});

test("a guest has committed the anonymous address space asked for and its kernel, as Linux's Committed_AS", () => {
  expect(lastSeen(twoKinds, ["guestCommitment"]).committedPages).toBe(20 + 1);
});

test("a process that has exited has committed nothing any more, and its pages are free", () => {
  const processes = [{ ...processOf("shell", "anonymous", 20, "w0 w1 2"), atEnd: "exit" as const }];
  const seen = lastSeen({ ...twoKinds, processes }, ["guestStats", "guestCommitment"]);
  expect(seen.committedPages).toBe(1);
  expect(seen.guest).toMatchObject({ freePages: 7, availablePages: 7 });
});

test("a guest without a balloon driver tells nothing, and no policy sees what it did not ask for", () => {
  const mute = { ...twoKinds, balloon: null };
  expect(lastSeen(mute, ["guestStats", "guestCommitment"])).toMatchObject({ guest: null, committedPages: null });
  expect(lastSeen(twoKinds, [])).not.toHaveProperty("guest");
  expect(lastSeen(twoKinds, [])).not.toHaveProperty("committedPages");
});
