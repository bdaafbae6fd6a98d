import type { VerifiablePart } from "../../database/checksums/index.ts";
import { type CheckedJob, damageOfJob, JOB_COLUMNS, remedyFor } from "../store/checked-job.ts";
import { isExperimentOfRunIntact } from "../store/experiment-check.ts";
import { query } from "../../database/query.ts";

const WHAT = "does not match its checksum";

/** What a run is made of, what came of it, and the experiment that it belongs to. */
export const JOBS: VerifiablePart = {
  part: "run's input and result",
  async *damages(pool, run) {
    const [job] = await query<CheckedJob>(pool, `select ${JOB_COLUMNS} from run_jobs j where j.run_id = $1`, [run]);
    if (job === undefined) return;
    const part = await damageOfJob(pool, job);
    if (part !== undefined) yield { owner: { run }, part, what: WHAT, remedy: remedyFor(job.public_id) };
    if (await isExperimentOfRunIntact(pool, run)) return;
    const remedy = "Delete the experiment, which keeps its runs, or restore the database from a backup.";
    yield { owner: { run }, part: "experiment of the run", what: WHAT, remedy };
  },
};
