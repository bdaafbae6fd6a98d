import fc from "fast-check";
import { expect, test } from "vitest";
import { cellAt, cornerOf, fittingPitch, gapOf, layoutGrid, PITCHES, pitchBeside, visibleRows } from "./grid-layout.ts";

const GRIDS = {
  cells: fc.integer({ min: 1, max: 2_000_000 }),
  width: fc.integer({ min: 40, max: 4_000 }),
  height: fc.integer({ min: 40, max: 2_000 }),
};

test("the largest cells that fit are chosen, and the smallest where none do", () => {
  fc.assert(
    fc.property(fc.record(GRIDS), ({ cells, width, height }) => {
      const pitch = fittingPitch(cells, { width, height });
      const { rows, columns } = layoutGrid(cells, width, pitch);
      expect(columns * pitch).toBeLessThanOrEqual(Math.max(width, pitch));
      if (pitch > 1) expect(rows * pitch).toBeLessThanOrEqual(height);
      const larger = pitchBeside(pitch, 1);
      if (larger > pitch) expect(layoutGrid(cells, width, larger).rows * larger).toBeGreaterThan(height);
    }),
  );
});

test("the cell at a cell's corner is that cell, and there is none behind the last", () => {
  fc.assert(
    fc.property(fc.record(GRIDS), fc.nat(), fc.constantFrom(...PITCHES), ({ cells, width }, number, pitch) => {
      const layout = layoutGrid(cells, width, pitch);
      const cell = number % cells;
      const { x, y } = cornerOf(layout, cell);
      expect(cellAt(layout, x, y)).toBe(cell);
      expect(cellAt(layout, x + pitch - 0.5, y + pitch - 0.5)).toBe(cell);
      expect(cellAt(layout, layout.columns * pitch, y)).toBeUndefined();
      expect(cellAt(layout, 0, layout.rows * pitch)).toBeUndefined();
    }),
  );
});

test("a million frames are laid out in rows of a multiple of 64, of which as many are visible as fit", () => {
  const layout = layoutGrid(1_048_576, 700, fittingPitch(1_048_576, { width: 700, height: 400 }));
  expect(layout).toEqual({ cells: 1_048_576, pitch: 1, columns: 640, rows: Math.ceil(1_048_576 / 640) });
  expect(visibleRows(layout, 100, 400)).toEqual({ first: 100, end: 500 });
  expect(visibleRows(layout, 1_500, 400)).toEqual({ first: 1_500, end: layout.rows });
});

test("cells of small hosts are large and apart from each other, those of large hosts touch", () => {
  expect(gapOf(fittingPitch(8, { width: 600, height: 300 }))).toBe(3);
  expect(gapOf(fittingPitch(1_048_576, { width: 600, height: 300 }))).toBe(0);
});
