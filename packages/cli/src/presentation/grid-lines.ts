import type { ReferenceGrid } from "@ballast/core/replacement";
import { textWidth } from "../output/text-width.ts";

const FAULT = "*";
const EMPTY = "-";
const GAP = " ";
const WIDEST = 110;

/** The table of one algorithm: a column for each reference, a row for each frame, a mark below each fault. */
export function gridLines({ policy, frames, faults, steps }: ReferenceGrid, width: number = WIDEST): string[] {
  const heads = ["reference", ...Array.from({ length: frames }, (_, index) => `frame ${index + 1}`), "fault"];
  const headWidth = Math.max(...heads.map(textWidth));
  const columns = steps.map((step) => [step.reference, ...step.frames.map((page) => page ?? EMPTY), step.isFault ? FAULT : ""]);
  const cellWidth = Math.max(...columns.flat().map(textWidth));
  const beside = Math.max(1, Math.floor((width - headWidth) / (cellWidth + GAP.length)));
  const lines = [`${policy} with ${frames} ${frames === 1 ? "frame" : "frames"}: ${faults} faults of ${steps.length} references`];
  for (let at = 0; at < columns.length; at += beside) {
    if (at > 0) lines.push("");
    const part = columns.slice(at, at + beside);
    heads.forEach((head, row) => lines.push(lineOf(head, headWidth, cellsOf(part, row, cellWidth))));
  }
  return lines;
}

function cellsOf(columns: readonly (readonly string[])[], row: number, width: number): string[] {
  return columns.map((column) => {
    const cell = column[row] ?? "";
    return " ".repeat(width - textWidth(cell)) + cell;
  });
}

function lineOf(head: string, width: number, cells: readonly string[]): string {
  return [head + " ".repeat(width - textWidth(head)), ...cells].join(GAP).trimEnd();
}

/** Where more frames made more faults, of the tables of one algorithm. */
export function anomalyLines(grids: readonly ReferenceGrid[]): string[] {
  const ascending = [...grids].sort((left, right) => left.frames - right.frames);
  return ascending.flatMap((grid, index) => {
    const smaller = ascending.slice(0, index).find(({ faults }) => faults < grid.faults);
    if (smaller === undefined) return [];
    return [
      `Belady's anomaly: ${grid.policy} has ${grid.faults} faults with ${grid.frames} frames, and ${smaller.faults} with ${smaller.frames}.`,
    ];
  });
}
