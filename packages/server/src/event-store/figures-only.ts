/** For SQL: the id of a run of `runs` that keeps only its figures; null of one that has a history. */
export const FIGURES_ONLY = "case when not runs.keeps_events then (select public_id from run_jobs where run_id = runs.id) end";
