/** The schema of pg-boss: its tables are its own, and are read here, never written but through it. */
export const QUEUE_SCHEMA = "ballast_queue";
/** The queue in which every run that needs an executor has a job. */
export const RUNS_QUEUE = "runs";
/** Its dead letters: runs that failed by what is around them, with the reason. They can be tried again. */
export const FAILED_QUEUE = "failed-runs";
/** Times that a run is taken up again after it ended the worker thread that executed it. */
export const MAX_RETRIES = 2;
