import { BallastError } from "@ballast/core/errors";
import type { Run, RunService } from "../runs/index.ts";

/** The help of every argument that `findRun` reads. */
export const RUN_ARGUMENT = "id of a run (see `ballast runs`) or the first letters of it, or `latest`";

/** @throws BallastError RUN_NOT_FOUND; INPUT_INVALID for what cannot be an id, or fits several runs. */
export async function findRun(runs: RunService, text: string): Promise<Run> {
  try {
    return await runs.findRun(text);
  } catch (error) {
    if (!(error instanceof BallastError) || error.code !== "RUN_NOT_FOUND") throw error;
    const advice = text === "latest" ? "Make one: ballast run sample --policy ballooning" : "See `ballast runs`.";
    throw new BallastError(error.code, `${error.message} ${advice}`);
  }
}
