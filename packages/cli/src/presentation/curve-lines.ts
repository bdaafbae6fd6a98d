import type { MissRatioCurves } from "@ballast/server/curves";
import { fittingTable } from "../output/fitting-table.ts";
import { showCount } from "@ballast/core/quantities";
import type { Column } from "../output/table.ts";

const DIGITS = 4;

/** A row for each size that all algorithms were counted with. */
export function curveTable(result: MissRatioCurves, width?: number): string[] {
  const { trace, referenceCount, pageCount, curves, shards } = result;
  const columns: Column<number>[] = [{ title: "frames", align: "right", cell: (frames) => showCount(frames) }];
  for (const { policy, points } of curves) {
    const byFrames = new Map(points.map((point) => [point.frames, point]));
    const cell = (frames: number): string => {
      const point = byFrames.get(frames);
      return point === undefined ? "" : `${showCount(point.misses)}  ${point.missRatio.toFixed(DIGITS)}`;
    };
    columns.push({ title: `${policy}: misses, ratio`, align: "right", cell });
  }
  if (shards !== null) columns.push(...shardsColumns(shards));
  return [
    `${trace}: ${showCount(referenceCount)} references to ${showCount(pageCount)} pages.`,
    "",
    ...fittingTable(columns, sharedFrames(result), width),
    ...(shards === null ? [] : ["", shardsSentence(shards)]),
  ];
}

function shardsColumns({ points }: NonNullable<MissRatioCurves["shards"]>): Column<number>[] {
  const byFrames = new Map(points.map((point) => [point.frames, point]));
  const column = (title: string, member: "missRatio" | "error"): Column<number> => ({
    title,
    align: "right",
    cell: (frames) => byFrames.get(frames)?.[member].toFixed(DIGITS) ?? "",
  });
  return [column("lru by SHARDS-adj", "missRatio"), column("error", "error")];
}

function shardsSentence({ rate, sampledPages, meanAbsoluteError }: NonNullable<MissRatioCurves["shards"]>): string {
  const error = meanAbsoluteError.toFixed(DIGITS);
  return `SHARDS at rate ${rate} sampled ${showCount(sampledPages)} pages; mean absolute error over these sizes ${error}.`;
}

/** The sizes of the algorithm that has the fewest: those that had all of them counted have these, too. */
function sharedFrames({ curves }: MissRatioCurves): number[] {
  const fewest = curves.reduce((low, curve) => (curve.points.length < low.points.length ? curve : low));
  const frames = fewest.points.map((point) => point.frames);
  return frames.length <= MAX_ROWS ? frames : thinned(frames);
}

/** Of a curve with every size so many rows that a person can read them. */
const MAX_ROWS = 40;

function thinned(frames: readonly number[]): number[] {
  const chosen = Array.from({ length: MAX_ROWS }, (_, index) => frames[Math.round(frames.length ** (index / (MAX_ROWS - 1))) - 1] ?? 1);
  return [...new Set(chosen)];
}

export function curveCsv({ curves, shards }: MissRatioCurves): string[] {
  const lines = curves.flatMap(({ policy, points }) =>
    points.map(({ frames, misses, missRatio }) => `${policy},${frames},${misses},${missRatio}`),
  );
  const estimates = shards?.points.map(({ frames, missRatio }) => `lru by SHARDS-adj,${frames},,${missRatio}`) ?? [];
  return ["policy,frames,misses,missRatio", ...lines, ...estimates];
}
