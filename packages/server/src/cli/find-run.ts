import { BallastError } from "@ballast/core/errors";
import { isRunId, type Run, type RunService } from "../runs/index.ts";

/** The help of every argument that `findRun` reads. */
export const RUN_ARGUMENT = "id of a run (see `ballast runs`), or `latest`";

/** @throws BallastError RUN_NOT_FOUND, INPUT_INVALID for what cannot be an id. */
export async function findRun(runs: RunService, text: string): Promise<Run> {
  if (isRunId(text)) return await runs.getRun(text.toLowerCase());
  if (text !== "latest") {
    throw new BallastError("INPUT_INVALID", `"${text}" is not the id of a run: that is a UUID. See \`ballast runs\`.`);
  }
  const [latest] = (await runs.listRuns({ first: 1 })).items;
  if (latest !== undefined) return latest;
  throw new BallastError("RUN_NOT_FOUND", "There is no run yet. Make one: ballast run sample --policy ballooning");
}
