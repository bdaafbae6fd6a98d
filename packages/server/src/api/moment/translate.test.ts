import { Backing, EventCode, FrameLossCause, Mapping, Mmu } from "@ballast/core/events";
import { applyEvent, MachineTables } from "@ballast/core/memory";
import { expect, test } from "vitest";
import { TableEntries, type TableId } from "../../history/index.ts";
import { translate as translateAt, type Translation } from "./translate.ts";

type Step = readonly [code: number, vm: number, process: number, a: number, b: number, c: number, d: number];

function machineAfter(steps: readonly Step[]): MachineTables {
  const machine = new MachineTables();
  machine.texts.push("vm", "process");
  for (const [code, vm, process, a, b, c, d] of steps) applyEvent(machine, code, 0, vm, process, a, b, c, d);
  return machine;
}

function translate(machine: MachineTables, vm: number, process: number, page: number): Promise<Translation> {
  const entries = async (table: TableId): Promise<TableEntries> =>
    new TableEntries(machine, { table, first: 0, end: Number.POSITIVE_INFINITY });
  return translateAt({ outline: machine, entries }, vm, process, page);
}

/** A VM of 8 real pages on a host of 16 frames; its process 1 has zeros, its process 2 pages of a file. */
const hostWith = (mmu: number): readonly Step[] => [
  [EventCode.HostStarted, 0, 0, 16, Mapping.TwoLevel, mmu, 16],
  [EventCode.VmAdmitted, 1, 0, 8, 0, 1, 8],
  [EventCode.VmStarted, 1, 0, 8, 0, 1, 0],
  [EventCode.ProcessStarted, 1, 1, 4, Backing.Anonymous, 2, 0],
  [EventCode.ProcessStarted, 1, 2, 4, Backing.File, 2, 0],
];

test("with both entries in place a page is reached through both tables", async () => {
  const machine = machineAfter([
    ...hostWith(Mmu.Shadow),
    [EventCode.PageMapped, 1, 1, 3, 5, 0, 0],
    [EventCode.FrameMapped, 1, 0, 5, 9, 0, 0],
  ]);
  const found = await translate(machine, 1, 1, 3);
  expect(found).toMatchObject({ realPage: 5, physicalPage: 9, outcome: "hit", contentPlace: "frame" });
  expect(found.steps.map(({ table, page, found: next }) => [table, page, next])).toEqual([
    ["pageTable", 3, 5],
    ["realMapTable", 5, 9],
    ["frame", 9, 9],
  ]);
});

test("a walk of one four-level table takes 4 references, of two nested ones 24", async () => {
  // Oracle: n*m + n + m for a nested walk (Bhargava et al., ASPLOS 2008, section 2).
  expect((await translate(machineAfter(hostWith(Mmu.Shadow)), 1, 1, 0)).walkReferences).toBe(4);
  expect((await translate(machineAfter(hostWith(Mmu.Nested)), 1, 1, 0)).walkReferences).toBe(4 * 4 + 4 + 4);
});

test("under a large mapping a nested walk ends a level earlier, and the step says so; a walk of one table stays as it is", async () => {
  const mapped = (mmu: number): MachineTables =>
    machineAfter([
      [EventCode.HostStarted, 0, 0, 1024, Mapping.TwoLevel, mmu, 16],
      [EventCode.VmAdmitted, 1, 0, 600, 0, 1, 600],
      [EventCode.VmStarted, 1, 0, 600, 0, 1, 0],
      [EventCode.ProcessStarted, 1, 1, 4, Backing.Anonymous, 2, 0],
      [EventCode.LargePageMapped, 1, 0, 0, 512, 0, 0],
      [EventCode.PageMapped, 1, 1, 0, 7, 0, 0],
    ]);
  const found = await translate(mapped(Mmu.Nested), 1, 1, 0);
  expect(found).toMatchObject({ realPage: 7, physicalPage: 519, walkReferences: 19 });
  expect(found.steps[1]?.description).toContain("with 511 others");
  expect((await translate(mapped(Mmu.Shadow), 1, 1, 0)).walkReferences).toBe(4);
});

test("a page with a shared frame says with how many it shares", async () => {
  const machine = machineAfter([
    ...hostWith(Mmu.Nested),
    [EventCode.PageMapped, 1, 1, 3, 5, 0, 0],
    [EventCode.FrameMapped, 1, 0, 5, 9, 0, 0],
    [EventCode.FrameMapped, 1, 0, 6, 10, 0, 0],
    [EventCode.FrameShared, 1, 0, 6, 10, 0, 0],
    [EventCode.PageShared, 1, 0, 5, 9, 10, 0],
  ]);
  expect((await translate(machine, 1, 1, 3)).steps.at(-1)).toMatchObject({
    found: 10,
    description: "Frame 10 holds the content. It is shared by 2 real pages: a store traps, and the page gets a copy of its own.",
  });
});

test("without a page table entry it is a page miss: minor for zeros, major for a page of a file", async () => {
  const machine = machineAfter(hostWith(Mmu.Nested));
  expect(await translate(machine, 1, 1, 0)).toMatchObject({ outcome: "pageMiss", contentPlace: "nowhere", realPage: null });
  expect((await translate(machine, 1, 1, 0)).steps.at(-1)?.description).toContain("a minor guest fault");
  expect(await translate(machine, 1, 2, 0)).toMatchObject({ outcome: "pageMiss", contentPlace: "guestDisk" });
  expect((await translate(machine, 1, 2, 0)).steps.at(-1)?.description).toContain("a major guest fault");
});

test("a page that was stolen is a major host fault and in the host's swap", async () => {
  const machine = machineAfter([
    ...hostWith(Mmu.Nested),
    [EventCode.PageMapped, 1, 1, 0, 2, 0, 0],
    [EventCode.FrameMapped, 1, 0, 2, 7, 0, 0],
    [EventCode.PageSwappedOut, 1, 0, 2, 7, 4, 99],
    [EventCode.FrameUnmapped, 1, 0, 2, 7, FrameLossCause.Steal, 0],
  ]);
  expect(await translate(machine, 1, 1, 0)).toMatchObject({
    outcome: "hostFault",
    contentPlace: "hostSwap",
    realPage: 2,
    physicalPage: null,
    swapSlot: 4,
  });
  expect((await translate(machine, 1, 1, 0)).steps.at(-1)?.description).toContain("slot 4");
});

test("a page that was stolen into the compression cache is a host fault, and its content is there", async () => {
  const machine = machineAfter([
    ...hostWith(Mmu.Nested),
    [EventCode.PageMapped, 1, 1, 0, 2, 0, 0],
    [EventCode.FrameMapped, 1, 0, 2, 7, 0, 0],
    [EventCode.PageCompressed, 1, 0, 2, 7, 1024, 99],
    [EventCode.FrameUnmapped, 1, 0, 2, 7, FrameLossCause.Steal, 0],
  ]);
  const found = await translate(machine, 1, 1, 0);
  expect(found).toMatchObject({ outcome: "hostFault", contentPlace: "compressionCache", realPage: 2, swapSlot: null });
  expect(found.steps.at(-1)?.description).toContain("1024 bytes");
});

test("a mapped page that never had a frame is a minor host fault", async () => {
  const machine = machineAfter([...hostWith(Mmu.Nested), [EventCode.PageMapped, 1, 1, 0, 2, 0, 0]]);
  expect(await translate(machine, 1, 1, 0)).toMatchObject({ outcome: "hostFault", contentPlace: "nowhere", swapSlot: null });
});

test("without a hypervisor the page table leads to the frame", async () => {
  const machine = machineAfter([
    [EventCode.HostStarted, 0, 0, 8, Mapping.OneLevel, Mmu.None, 0],
    [EventCode.VmStarted, 1, 0, 8, 0, 1, 0],
    [EventCode.ProcessStarted, 1, 1, 4, Backing.Anonymous, 2, 0],
    [EventCode.PageMapped, 1, 1, 1, 6, 0, 0],
  ]);
  expect(await translate(machine, 1, 1, 1)).toMatchObject({
    realPage: null,
    physicalPage: 6,
    outcome: "hit",
    walkReferences: 4,
  });
});

test("a VM, a process or a page that is not there is refused with what there is", async () => {
  const machine = machineAfter(hostWith(Mmu.Nested));
  await expect(translate(machine, 2, 1, 0)).rejects.toThrow("there are 1 VMs at this moment; there is no VM 2");
  await expect(translate(machine, 1, 3, 0)).rejects.toThrow("VM 1 has 2 processes at this moment; there is no process 3");
  await expect(translate(machine, 1, 1, 4)).rejects.toThrow("virtual pages 0 to 3; there is no page 4");
});
