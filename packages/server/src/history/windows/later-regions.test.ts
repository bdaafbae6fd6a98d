import { Backing, EventBatch, EventCode, Mapping, Mmu } from "@ballast/core/events";
import { applyEvent, MachineTables } from "@ballast/core/memory";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPool, type Pool } from "../../database/index.ts";
import { createRunRow, DigestChain, prepareCommit, RunWriter } from "../../event-store/index.ts";
import { createTestDatabase, type TestDatabase } from "../../testing/index.ts";
import { entryIn, entryOf, tableIds } from "../../testing/table-entries.ts";
import { REGION_ENTRIES } from "../change-block.ts";
import { History, KeyframeEncoder, saveKeyframe } from "../index.ts";

const PAGES = 2 * REGION_ENTRIES + 1_000;
/** Within the second region, between two large pages. */
const AT = REGION_ENTRIES + 1_024;

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.connectionString);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** What happens far from the first entries of all tables: ranges, large pages, an image, single pages. */
function writeEvents(mapping: number, emit: (code: number, vm: number, process: number, ...values: number[]) => void): void {
  emit(EventCode.HostStarted, 0, 0, PAGES, mapping, Mmu.Nested, 100);
  if (mapping === Mapping.TwoLevel) emit(EventCode.VmAdmitted, 1, 0, PAGES, 0, 0, 0);
  emit(EventCode.VmStarted, 1, 0, PAGES, 0, 0, 0);
  emit(EventCode.ProcessStarted, 1, 1, PAGES, Backing.File, 0, 0);
  emit(EventCode.ImageAttached, 1, 1, 0, 0, 0, 500_000);
  emit(EventCode.KernelPagesPinned, 1, 0, AT - 1_500, AT - 700, 0, 0);
  emit(EventCode.PageMapped, 1, 1, AT + 3, AT + 9, 0, 0);
  emit(EventCode.PagePagedOut, 1, 1, AT + 5, AT + 9, 0, 77);
  if (mapping === Mapping.OneLevel) return;
  emit(EventCode.OverheadReserved, 1, 0, AT + 600, AT + 1_300, 0, 0);
  emit(EventCode.LargePageMapped, 1, 0, AT, AT - 512, 0, 0);
  emit(EventCode.FrameMapped, 1, 0, AT + 520, AT + 90, 0, 0);
}

test.each([Mapping.TwoLevel, Mapping.OneLevel])(
  "windows far from the first entries are as whole tables have them, before and after a keyframe (mapping %i); oracle: the writer's tables",
  async (mapping) => {
    const machine = new MachineTables();
    const batch = new EventBatch(1, 1_000);
    const emit = (code: number, vm: number, process: number, ...[a = 0, b = 0, c = 0, d = 0]: number[]): void => {
      batch.append(code, machine.position, vm, process, a, b, c, d);
      applyEvent(machine, code, machine.position, vm, process, a, b, c, d);
    };
    writeEvents(mapping, emit);
    const before = machine.position;
    while (machine.position < 65_536) emit(EventCode.Sampled, 1, 0, 1, 0, 0, 0);
    const run = await createRunRow(pool, { status: "completed" });
    const writer = new RunWriter(pool, run, { owner: null, epoch: 0 });
    await writer.append(prepareCommit(batch, new DigestChain()));
    writer.close();
    const keyframe = new KeyframeEncoder().offer(machine);
    expect(keyframe?.fullPosition).toBe(65_536);
    await saveKeyframe(pool, run, keyframe!);
    for (const position of [before, 65_536]) {
      for (const [table] of tableIds(machine)) {
        for (const first of [AT - 1_600, AT - 1_000, AT - 512, AT, AT + 512]) {
          const entries = await new History(pool).entriesAt(run, { position }, { table, first, end: first + 800 });
          const pages = Array.from({ length: 800 }, (_, index) => first + index);
          const found = pages.map((page) => JSON.stringify([page, entryIn(entries, table, page)]));
          expect(found).toEqual(pages.map((page) => JSON.stringify([page, entryOf(machine, table, page)])));
        }
      }
    }
  },
);
