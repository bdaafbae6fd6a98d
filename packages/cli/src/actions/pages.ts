import { BallastError } from "@ballast/core/errors";
import { parseAlgorithmChoices, parseFrameSizes, type ReferenceGrid, referenceGrid } from "@ballast/core/replacement";
import type { Cli } from "../cli.ts";
import { anomalyLines, gridLines } from "../presentation/grid-lines.ts";

export type Options = { readonly frames: string; readonly policies: string; readonly seed?: number; readonly json?: true };

/** What a person can look through; longer strings are for `ballast mrc`. */
const MAX_REFERENCES = 2000;

/** Needs no database. */
export async function pagesAction({ output }: Cli, text: string, { frames, policies, seed = 1, json }: Options): Promise<void> {
  const references = text.split(/[\s,]+/).filter((word) => word !== "");
  if (references.length === 0 || references.length > MAX_REFERENCES) {
    const found = `a reference string has 1 to ${MAX_REFERENCES} references, not ${references.length}`;
    throw new BallastError("INPUT_INVALID", `${found}. Longer ones are for \`ballast mrc\`, as a file with a reference per line.`);
  }
  const sizes = parseFrames(frames);
  const grids = parseAlgorithmChoices(policies).map((choice) => sizes.map((count) => referenceGrid(references, choice, count, seed)));
  if (json === true) {
    for (const grid of grids.flat()) await output.json(grid);
    return;
  }
  await output.line(layOut(grids, output.width));
}

function parseFrames(text: string): number[] {
  const sizes = parseFrameSizes(text);
  const frames = sizes === "all" ? [] : sizes.map(({ value, unit }) => (unit === "frames" ? value : 0));
  if (frames.length > 0 && frames.every((count) => count > 0 && count <= MAX_REFERENCES)) return [...new Set(frames)];
  throw new BallastError(
    "INPUT_INVALID",
    `--frames ${text}: it must be numbers from 1 to ${MAX_REFERENCES} with commas between them, such as 3,4.`,
  );
}

/** A table for each algorithm and size, then what growing memory made worse. */
function layOut(grids: readonly (readonly ReferenceGrid[])[], width: number | undefined): string {
  const tables = grids.flat().map((grid) => gridLines(grid, width));
  const parts = [...tables, grids.flatMap(anomalyLines)].filter((lines) => lines.length > 0);
  return parts.map((lines) => lines.join("\n")).join("\n\n");
}
