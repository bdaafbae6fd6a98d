import { EventCode } from "@ballast/core/events";
import { applyEvent, FRAME_FILLED, Frames, MachineTables, VmLife, VmTables } from "@ballast/core/memory";
import { physicalPage, realPage, vmId } from "@ballast/core/ids";
import { finishNow } from "../../history/index.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { frameMap, MAX_MAP_CELLS, realMemoryMap } from "./memory-map.ts";

/** Reads pairs of unsigned LEB128 numbers, as docs/graphql.md has them. */
function readRuns(base64: string): number[] {
  const bytes = Buffer.from(base64, "base64");
  const numbers: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    let number = 0;
    let factor = 1;
    for (; bytes[at]! >= 0x80; at++, factor *= 128) number += (bytes[at]! & 0x7f) * factor;
    numbers.push(number + bytes[at]! * factor);
  }
  return Array.from({ length: numbers.length / 2 }, (_, pair) => new Array<number>(numbers[2 * pair + 1]!).fill(numbers[2 * pair]!)).flat();
}

test("a map of as many cells as frames says of every frame whose it is", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 400 }), (owners) => {
      const frames = new Frames(owners.length);
      owners.forEach((vm, page) => vm > 0 && frames.give(physicalPage(page), vmId(vm), realPage(page)));
      const map = finishNow(frameMap({ frames, vms: [] }, owners.length));
      expect(map).toMatchObject({ pages: owners.length, pagesPerCell: 1, cells: owners.length });
      expect(readRuns(map.runs)).toEqual(owners.map((vm) => (vm === 0 ? 0 : vm + 3)));
    }),
  );
});

test("a smaller map shows in each cell what most of its frames are", () => {
  const frames = new Frames(10);
  for (const page of [0, 1, 4, 5, 6]) frames.give(physicalPage(page), vmId(1), realPage(page));
  frames.content[9] = FRAME_FILLED;
  // Cells of 4 frames: VM VM free free (a tie: the higher class), VM VM VM free, free filled.
  const map = finishNow(frameMap({ frames, vms: [] }, 3));
  expect(map).toMatchObject({ pagesPerCell: 4, cells: 3 });
  expect(readRuns(map.runs)).toEqual([4, 4, 1]);
});

test("maps show shared frames, and the real pages that they back", () => {
  const machine = new MachineTables();
  machine.frames = new Frames(4);
  const vm = new VmTables(vmId(1), 3, 0, 0, VmLife.Running);
  machine.vms.push(vm);
  [0, 1].forEach((page) => machine.mapFrame(vm, realPage(page), physicalPage(page + 2)));
  applyEvent(machine, EventCode.FrameShared, 0, 1, 0, 0, 2, 0, 9);
  applyEvent(machine, EventCode.PageShared, 0, 1, 0, 1, 3, 2, 9);
  // Frames 0 and 1 are zeroed, 2 is shared, 3 is free and not yet zeroed; real pages 0 and 1 are backed by frame 2.
  expect(readRuns(finishNow(frameMap(machine, 4)).runs)).toEqual([0, 0, 3, 1]);
  expect(readRuns(finishNow(realMemoryMap(machine, vm, 3)).runs)).toEqual([8, 8, 0]);
  const legend = finishNow(frameMap(machine, 4)).legend.find(({ value }) => value === 3);
  expect(legend).toEqual({ value: 3, description: "behind real pages of equal content", vm: null });
});

test("a map of a million frames stays within the cells that were asked for", () => {
  const map = finishNow(frameMap({ frames: new Frames(1_048_576), vms: [] }, 4096));
  expect(map).toMatchObject({ pagesPerCell: 256, cells: 4096 });
  expect(() => finishNow(frameMap({ frames: new Frames(4), vms: [] }, MAX_MAP_CELLS + 1))).toThrow(`1 to ${MAX_MAP_CELLS} cells`);
});
