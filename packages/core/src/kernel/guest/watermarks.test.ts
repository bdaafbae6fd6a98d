import { describe, expect, test } from "vitest";
import { viewEvent } from "../../events/index.ts";
import { vmId } from "../../ids/index.ts";
import { Counter, type CounterName } from "../../memory/index.ts";
import { type BalloonSpec, plainDevice, type ScriptedCommand, type VmSpec, type WatermarkSpec } from "../../scenario/index.ts";
import { HistoryChecker } from "../../testing/history-checker.ts";
import { drain, kernelInput, runChecked } from "../../testing/run-to-end.ts";
import { references, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import type { Workload } from "../../workload/index.ts";
import { createKernel } from "../engine/create-kernel.ts";

const MARKS: WatermarkSpec = { minPages: 4, lowPages: 8, highPages: 12 };
/** Slow enough for the background to keep up with clean pages, which take it 1 us each. */
const ACCESS_NS = 10_000;
const READ_NS = 100_000;
const WRITE_NS = 50_000;

type Told = { name: string; unusedPages: number; fields: Record<string, number> };
type Followed = { told: Told[]; count: (name: CounterName) => number };

/** What happens in a guest of 64 pages, event by event, with the pages that are used for nothing after it. */
function follow(workload: Workload, changes: Partial<VmSpec> = {}): Followed {
  const given = { replacement: "fifo", balloon: null, watermarks: MARKS, disk: plainDevice(READ_NS, WRITE_NS) } as const;
  const [process] = smallVm("guest", 64, workload, { virtualPages: 256 }).processes;
  const processes = [{ ...process, accessNs: ACCESS_NS }];
  const vm = smallVm("guest", 64, workload, { ...given, processes, ...changes });
  const kernel = createKernel(kernelInput(smallScenario(smallHost(80), [vm])));
  const checker = new HistoryChecker();
  const told: Told[] = [];
  let unusedPages = 64 - vm.kernelPages;
  drain(kernel, 1024, (batch) => {
    checker.check(batch, kernel.machine);
    for (let i = 0; i < batch.length; i++) {
      const { type, fields } = viewEvent(batch, i, () => "");
      if (type.name === "PageMapped") unusedPages--;
      if (type.name === "PageUnmapped") unusedPages++;
      told.push({ name: type.name, unusedPages, fields: Object.fromEntries(fields.map(({ field, value }) => [field.name, value])) });
    }
  });
  expect(checker.faults).toEqual([]);
  const { counters } = kernel.machine.vm(1);
  return { told, count: (name) => counters[Counter[name]] };
}

const sequential = (writeRatio: number): Workload => ({ kind: "sequential", firstPage: 0, pages: 256, writeRatio });

describe("reclaim by watermarks", () => {
  test("begins in the background when fewer than low are free, and ends when high are, exactly; oracle: the rules", () => {
    const { told, count } = follow(sequential(0));
    const started = told.filter(({ name }) => name === "BackgroundReclaimStarted");
    const ended = told.filter(({ name }) => name === "BackgroundReclaimEnded");
    // 64 pages; the 57th leaves 7 free, 5 come back: then each 5 accesses, 256 - 57 = 199 in all.
    expect(started.length).toBe(1 + Math.floor(199 / 5));
    expect(new Set(started.map(({ fields }) => fields["freePages"]))).toEqual(new Set([7]));
    expect(new Set(ended.map(({ fields }) => fields["freePages"]))).toEqual(new Set([12]));
    expect(count("backgroundReclaimPages")).toBe(5 * ended.length);
    expect(count("pagesDropped")).toBe(5 * started.length);
    expect(count("directReclaims")).toBe(0);
  });

  test("of clean pages does not stop the process; oracle: accesses, guest faults and host faults are all that it waits for", () => {
    const { count } = follow(sequential(0));
    const { guestFaultNs, trapNs, hostFaultNs } = smallHost(80).costs;
    const faultsNs = 256 * guestFaultNs + count("hostMinorFaults") * (trapNs + hostFaultNs);
    expect(count("clockNs")).toBe(256 * ACCESS_NS + faultsNs);
  });

  test("never leaves fewer than min to processes, who give pages up themselves when writing is too slow", () => {
    const { told, count } = follow(sequential(1));
    expect(Math.min(...told.map(({ unusedPages }) => unusedPages))).toBeGreaterThanOrEqual(MARKS.minPages);
    const direct = told.filter(({ name }) => name === "DirectlyReclaimed");
    expect(direct.length).toBe(count("directReclaims"));
    expect(direct.length).toBeGreaterThan(0);
    expect(new Set(direct.map(({ fields }) => fields["freePages"]))).toEqual(new Set([MARKS.minPages]));
  });

  test("makes a process wait for the write of the page that it gives up; oracle: the disk's time, behind what is queued", () => {
    const { told, count } = follow(sequential(1));
    const waits = told.flatMap(({ name, fields }) => (name === "DirectlyReclaimed" ? [fields["waitNs"] ?? 0] : []));
    for (const waitNs of waits) expect(waitNs).toBeGreaterThanOrEqual(WRITE_NS);
    expect(count("directReclaimNs")).toBe(waits.reduce((sum, waitNs) => sum + waitNs, 0));
  });

  test("makes a run with dirty pages take as long as its disk needs to write them; oracle: pages written times their time", () => {
    const { count } = follow(sequential(1));
    const writtenNs = count("pageOuts") * WRITE_NS;
    // No process waits for what is written last: a turn of the background, of at most 32 pages.
    expect(count("clockNs")).toBeGreaterThan(writtenNs - 33 * WRITE_NS);
    expect(follow(sequential(1), { watermarks: null }).count("clockNs")).toBeLessThan(writtenNs / 3);
  });

  test("is the guest's end when nothing can be given up, though min pages are free", () => {
    const marks = { minPages: 3, lowPages: 3, highPages: 3 };
    const { told, count } = follow(references("w0 w1 w2"), { kernelPages: 61, watermarks: marks });
    expect(count("guestOutOfMemory")).toBe(1);
    expect(told.at(-1)?.unusedPages).toBe(3);
  });

  test("lets a balloon have no more free pages than down to min, then pages that are given up", () => {
    const balloon: BalloonSpec = { driver: "simple", pollNs: 1_000_000_000, pollPages: 100, capFraction: 1 };
    const script: ScriptedCommand[] = [{ atNs: 1_000_000, command: { kind: "setBalloonTarget", vm: vmId(1), pages: 62 } }];
    const vm = smallVm("guest", 64, references("w0 w1 w2 w3"), { replacement: "fifo", balloon, watermarks: MARKS });
    const { kernel } = runChecked(kernelInput(smallScenario(smallHost(80), [vm], { script, durationNs: 2_000_000_000 })));
    const { memory, pagedOut } = { memory: kernel.machine.vm(1), pagedOut: kernel.machine.vm(1).counters[Counter.pageOuts] };
    // 60 pages are free; the balloon takes 56 of them, and the four dirty ones; with nothing left it ends there.
    expect([memory.balloonSizePages, pagedOut]).toEqual([60, 4]);
  });
});
