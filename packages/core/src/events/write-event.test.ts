import { expect, test } from "vitest";
import { processId, realPage, virtualPage, vmId } from "../ids/index.ts";
import {
  EventBatch,
  PageDecompressed,
  PageMapped,
  PagePagedOut,
  RunCompleted,
  RunEnd,
  Trapped,
  TrapCause,
  VmFinished,
  writeEvent,
} from "./index.ts";

const [vm, process, virtual, real] = [vmId(3), processId(2), virtualPage(7), realPage(5)];

test("values come into the columns that the catalogue declares, also where it leaves columns out; oracle: the declarations, read by hand", () => {
  const batch = new EventBatch(1, 8);
  writeEvent(batch, RunCompleted, 10, 0, RunEnd.Stopped);
  writeEvent(batch, PageMapped, 11, 4, vm, process, virtual, real);
  writeEvent(batch, PageDecompressed, 12, 0, vm, real, 128, 99);
  writeEvent(batch, PagePagedOut, 13, 0, vm, process, virtual, real, 98);
  writeEvent(batch, VmFinished, 14, 0, vm, 1_000);
  const { types, vms, processes, a, b, c, d, decisions } = batch;
  const rows = Array.from({ length: batch.length }, (_, i) => [types[i], vms[i], processes[i], a[i], b[i], c[i], d[i], decisions[i]]);
  expect(rows).toEqual([
    [2, 0, 0, 3, 0, 0, 0, 0],
    [32, 3, 2, 7, 5, 0, 0, 4],
    [72, 3, 0, 5, 0, 128, 99, 0],
    [40, 3, 2, 7, 5, 0, 98, 0],
    [15, 3, 0, 0, 0, 0, 1_000, 0],
  ]);
});

/** Never called: the compiler is what is tested. A line that it accepts makes it refuse the remark above it. */
export function refused(batch: EventBatch): void {
  // @ts-expect-error another order
  writeEvent(batch, PageMapped, 0, 0, vm, process, real, virtual);
  // @ts-expect-error a missing value
  writeEvent(batch, PageMapped, 0, 0, vm, process, virtual);
  // @ts-expect-error no process
  writeEvent(batch, PageMapped, 0, 0, vm, virtual, real);
  // @ts-expect-error a plain number for a page
  writeEvent(batch, PageMapped, 0, 0, vm, process, 7, real);
  // @ts-expect-error a value too many
  writeEvent(batch, RunCompleted, 0, 0, RunEnd.Stopped, 1);
  // @ts-expect-error a number that the set does not have
  writeEvent(batch, Trapped, 0, 0, vm, process, 77, virtual, real, 5);
  writeEvent(batch, Trapped, 0, 0, vm, process, TrapCause.BalloonCall, virtual, real, 5);
}
