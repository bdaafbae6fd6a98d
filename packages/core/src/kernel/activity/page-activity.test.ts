import fc from "fast-check";
import { expect, test } from "vitest";
import { EventCode, type KnownEvents } from "../../events/index.ts";
import { RealUse, type VmTables } from "../../memory/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import { caseCount } from "../../testing/case-count.ts";
import { largeScenarioArbitrary, scenarioArbitrary } from "../../testing/random-scenario.ts";
import { drain, kernelInput } from "../../testing/run-to-end.ts";
import { policyOf, references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import { wildPolicy, wildPolicyWithoutSamples } from "../../testing/wild-policy.ts";
import { createKernel } from "../engine/create-kernel.ts";
import type { Kernel, KernelInput } from "../engine/kernel-contract.ts";
import { expandSparse, type SparseColumn } from "../structures/sparse-column.ts";
import { createObservedKernel, type ObservedKernel } from "./observed-kernel.ts";
import { HOLDS_NO_PAGE, NEVER_ACCESSED, type PageActivity } from "./page-activity.ts";

/** Without checks of contents, which make each access by itself. */
function inputOf(scenario: Scenario, policy = wildPolicy): KernelInput {
  return { ...kernelInput(scenario, policy), checkContents: false };
}

function rowsOf({ types, timesNs, vms, processes, a, b, c, d, length }: KnownEvents): string[] {
  return Array.from({ length }, (_, i) => [types, timesNs, vms, processes, a, b, c, d].map((column) => column[i]).join(" "));
}

function allRows(kernel: Kernel): string[] {
  const rows: string[] = [];
  drain(kernel, 512, (batch) => rows.push(...rowsOf(batch)));
  return rows;
}

/** Whether a guest's swap has an end. */
function isLimited({ vms }: Scenario, vm: number): boolean {
  return vms[vm - 1]?.swapPages !== undefined;
}

/** The activity as of an event; the kernel is at the end of its action then. */
function activityAt({ kernel, observeAt }: ObservedKernel, position: number): PageActivity {
  const activity = observeAt(position);
  kernel.advance(position - kernel.machine.position + kernel.pendingEvents, Number.POSITIVE_INFINITY);
  kernel.takeBatch();
  return activity();
}

/** As of the last event. */
function activityNow({ kernel, observeAt }: ObservedKernel): PageActivity {
  return observeAt(kernel.machine.position)();
}

test("by hand: two misses, a hit, a miss that replaces the page of the first one; times follow from the costs of faults and accesses", () => {
  const vm = smallVm("os", 2, references("0 w1 0 2"), { virtualPages: 4, replacement: "fifo", balloon: null });
  const scenario = smallScenario(smallHost(4), [vm], { mapping: "oneLevel", lookaheadNs: 0 });
  const { guestFaultNs } = scenario.host.costs;
  const observed = createObservedKernel(
    inputOf(
      scenario,
      policyOf(() => []),
    ),
  );
  drain(observed.kernel, 512, () => {});
  const [host, guest] = activityNow(observed).spaces;
  // Accesses take 100 ns: 0 at one fault, 1 after two and an access, 0 again 100 ns later, and 2 in the real page of 0.
  const [secondNs, fourthNs] = [2 * guestFaultNs + 100, 3 * guestFaultNs + 300];
  const pages = [...guest.lastAccessNs];
  expect(pages.toSorted((left, right) => left - right)).toEqual([secondNs, fourthNs]);
  expect([...guest.isDirty]).toEqual(pages.map((time) => (time === secondNs ? 1 : 0)));
  const { realMap } = observed.kernel.machine.vm(1);
  const expected = Array.from({ length: 4 }, (_, frame) => pages[realMap.indexOf(frame)] ?? HOLDS_NO_PAGE);
  expect([...host.lastAccessNs]).toEqual(expected);
});

test("a resident page is dirty exactly if it holds something else than the guest's disk; oracle: the contents in a snapshot", () => {
  const dirtyIn = (scenario: Scenario, actions: number): { found: number[]; expected: number[] } => {
    const observed = createObservedKernel(inputOf(scenario, wildPolicyWithoutSamples));
    const { kernel, save } = observed;
    kernel.advance(Number.POSITIVE_INFINITY, actions);
    kernel.takeBatch();
    const { host } = save().kernel as unknown as { host: { content: SparseColumn<Uint32Array> } };
    const content = expandSparse(host.content);
    const { spaces } = activityNow(observed);
    const [found, expected]: [number[], number[]] = [[], []];
    for (const vm of kernel.machine.vms.filter(({ isOn }) => isOn)) {
      for (const [page, use] of vm.use.entries()) {
        const [frame, isDirty] = [vm.realMap[page], spaces[vm.vm].isDirty[page]];
        if (use === RealUse.Process && frame < 0) continue;
        found.push(isDirty);
        expected.push(use === RealUse.Process ? (dirtyByContent(scenario, vm, page, content[frame]) ?? isDirty) : 0);
        if (frame >= 0 && isDirty > spaces[0].isDirty[frame]) expected.push(frame);
      }
    }
    return { found, expected };
  };
  fc.assert(
    fc.property(fc.oneof(scenarioArbitrary, largeScenarioArbitrary), fc.integer({ min: 1, max: 400 }), (scenario, actions) => {
      const { found, expected } = dirtyIn(scenario, actions);
      expect(found).toEqual(expected);
    }),
    { numRuns: caseCount(16, 1_000) },
  );
});

/** A guest with a limited swap gives a page's place there up when it reads it back: the page is dirty again, whatever it holds. Undefined then. */
function dirtyByContent(scenario: Scenario, vm: VmTables, page: number, content: number): number | undefined {
  const process = vm.process(vm.userProcess[page]);
  if (content !== process.diskContent[vm.userPage[page]]) return 1;
  return isLimited(scenario, vm.vm) && !process.isFileBacked ? undefined : 0;
}

test("last accesses are those of the hits' events, whether hits are recorded or made in slices; oracle: the events", () => {
  fc.assert(
    fc.property(scenarioArbitrary, fc.nat(), (drawn, at) => {
      const scenario = { ...drawn, lookaheadNs: 0, recordHits: true };
      const hits = new Map<string, number>();
      const missed = new Set<string>();
      const all = createObservedKernel(inputOf(scenario));
      const rows: KnownEvents[] = [];
      drain(all.kernel, 512, (batch) => rows.push(batch));
      const end = rows.at(-1)!.lastPosition;
      const start = createKernel(inputOf(scenario)).machine.position;
      const position = start + (at % (end - start + 1));
      for (const batch of rows) noteHits(batch, position, hits, missed);
      const found = activityAt(createObservedKernel(inputOf(scenario)), position);
      expect(found.position).toBe(position);
      for (const { vm, lastAccessNs } of found.spaces.filter(({ vm: number }) => number > 0)) {
        for (const [page, time] of lastAccessNs.entries()) {
          const hit = hits.get(`${vm}/${page}`);
          if (missed.has(`${vm}/${page}`)) continue;
          // Of several VMs one can be behind the time of the events.
          if (scenario.vms.length === 1 || hit === undefined) expect(time, `page ${page} of VM ${vm}`).toBe(hit ?? NEVER_ACCESSED);
          else expect(time).toBeLessThanOrEqual(hit);
        }
      }
      const inSlices = createObservedKernel(inputOf({ ...scenario, recordHits: false }));
      drain(inSlices.kernel, 512, () => {});
      expect(activityNow(inSlices).spaces).toEqual(activityNow(all).spaces);
    }),
    { numRuns: caseCount(8, 1_000) },
  );
});

/** Up to a position: the last hit of each real page, and the pages that an access missed after that. */
function noteHits(batch: KnownEvents, position: number, hits: Map<string, number>, missed: Set<string>): void {
  for (let i = 0; i < batch.length && batch.firstPosition + i <= position; i++) {
    const page = `${batch.vms[i]}/${batch.b[i]}`;
    if (batch.types[i] === EventCode.PageHit) {
      hits.set(page, batch.timesNs[i]);
      missed.delete(page);
    } else if (
      batch.types[i] === EventCode.PageMapped ||
      batch.types[i] === EventCode.FrameMapped ||
      batch.types[i] === EventCode.Trapped
    ) {
      missed.add(page);
      missed.add(`${batch.vms[i]}/${batch.a[i]}`);
    }
  }
}

test("before the first action nothing was accessed, and frames are there from the host's start on; oracle: the tables", () => {
  const scenario = smallScenario(smallHost(4), [smallVm("vm", 2, references("0"))]);
  const { activityAtStart } = createObservedKernel(inputOf(scenario));
  expect(activityAtStart(1).spaces).toEqual([]);
  const [host, ...vms] = activityAtStart(2).spaces;
  expect([host.vm, [...host.lastAccessNs], [...host.isDirty], vms]).toEqual([
    0,
    new Array(4).fill(HOLDS_NO_PAGE),
    new Array(4).fill(0),
    [],
  ]);
});

test("observing changes no event, and a moment within an action is the same from the start and from a snapshot before it", () => {
  fc.assert(
    fc.property(scenarioArbitrary, fc.nat(), fc.nat(), (scenario, at, before) => {
      const input = inputOf(scenario);
      const plain = allRows(createKernel(input));
      const observed = createObservedKernel(input);
      const start = observed.kernel.machine.position;
      const position = start + (at % (plain.length - start + 1));
      observed.observeAt(position);
      expect(allRows(observed.kernel)).toEqual(plain);
      const direct = activityAt(createObservedKernel(input), position);
      expect(direct.position).toBe(position);
      const { kernel, save } = createObservedKernel(input);
      while (kernel.machine.position < before % position && kernel.advance(1, 1) === "running") kernel.takeBatch();
      kernel.takeBatch();
      if (kernel.machine.position >= position) return;
      expect(activityAt(createObservedKernel(input, save()), position)).toEqual(direct);
    }),
    { numRuns: caseCount(8, 1_000) },
  );
});
