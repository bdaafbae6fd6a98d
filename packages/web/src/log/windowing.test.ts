import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowsInView, scrollToMiddle, scrollToRow, type Table, tableHeight, windowAt } from "./windowing.ts";

const SMALL: Table = { rows: 1_000, rowHeight: 28, viewHeight: 560 };
const tables = fc.record({
  rows: fc.integer({ min: 1, max: 50_000_000 }),
  rowHeight: fc.integer({ min: 20, max: 40 }),
  viewHeight: fc.integer({ min: 100, max: 2_000 }),
});

describe("rows in view", () => {
  it("are those at the scroll position, and eight beyond each edge", () => {
    expect(windowAt(SMALL, 0)).toEqual({ first: 0, end: 28, offset: 0 });
    expect(windowAt(SMALL, 2_800)).toEqual({ first: 92, end: 128, offset: 92 * 28 });
  });

  it("fill the opening wherever it is, also where the table is higher than a browser can scroll", () => {
    fc.assert(
      fc.property(tables, fc.double({ min: 0, max: 1, noNaN: true }), (table, place) => {
        const scrollTop = place * Math.max(0, tableHeight(table) - table.viewHeight);
        const { first, end, offset } = windowAt(table, scrollTop);
        expect(offset).toBeLessThanOrEqual(scrollTop + 0.01);
        const bottom = offset + (end - first) * table.rowHeight;
        expect(bottom).toBeGreaterThanOrEqual(Math.min(scrollTop + table.viewHeight, tableHeight(table)) - 0.01);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(table.rows);
        expect(end - first).toBeLessThanOrEqual(rowsInView(table));
      }),
    );
  });

  it("include a row that was scrolled to, whole", () => {
    fc.assert(
      fc.property(tables, fc.nat(), fc.nat(), (table, wanted, from) => {
        const row = wanted % table.rows;
        const start = from % Math.max(1, tableHeight(table) - table.viewHeight);
        for (const scrollTop of [scrollToRow(table, start, row), scrollToMiddle(table, row)]) {
          const { first, offset } = windowAt(table, scrollTop);
          const top = offset + (row - first) * table.rowHeight;
          expect(top).toBeGreaterThanOrEqual(scrollTop - 0.5);
          expect(top + table.rowHeight).toBeLessThanOrEqual(scrollTop + Math.max(table.viewHeight, table.rowHeight) + 0.5);
        }
      }),
    );
  });

  it("do not move when a row that is in view is asked for", () => {
    expect(scrollToRow(SMALL, 2_800, 105)).toBe(2_800);
  });
});
