import { BallastError } from "@ballast/core/errors";
import type { Run, RunReader } from "@ballast/server/runs";

/** The help of every argument that `findRun` reads. */
export const RUN_ARGUMENT = "id of a run (see `ballast runs`) or the first letters of it, or `latest`";

/** @throws BallastError RUN_NOT_FOUND; INPUT_INVALID for what cannot be an id, or fits several runs. */
export async function findRun(runs: RunReader, text: string): Promise<Run> {
  return await withAdvice(text, async () => await runs.findRun(text));
}

/** As `findRun`, without what a damaged run says of itself. */
export async function findRunToDelete(runs: RunReader, text: string): Promise<{ readonly id: string; readonly run: Run | undefined }> {
  return await withAdvice(text, async () => {
    const { unlessDamaged } = await import("@ballast/server/database/checksums");
    const id = await runs.findRunId(text);
    return { id, run: await unlessDamaged(runs.getRun(id)) };
  });
}

async function withAdvice<Found>(text: string, find: () => Promise<Found>): Promise<Found> {
  try {
    return await find();
  } catch (error) {
    if (!(error instanceof BallastError) || error.code !== "RUN_NOT_FOUND") throw error;
    const advice = text === "latest" ? "Make one: ballast run sample --policy ballooning" : "See `ballast runs`.";
    throw new BallastError(error.code, `${error.message} ${advice}`);
  }
}
