import { StoredPart } from "../database/checksums/index.ts";

/**
 * What a run is made of, as it was when it was started. `comparison_id` is left out: it becomes null when the comparison is deleted.
 */
export const RUN_INPUT = new StoredPart(
  "run_jobs",
  {
    run_id: "int8",
    public_id: "uuid",
    scenario_name: "text",
    scenario: "json",
    policy_name: "text",
    policy_version: "text",
    parameters: "json",
    seed: "int8",
    comparison_place: "int2",
  },
  "input_checksum",
);

/** What came of a run, written when it ends; a run that has not ended, or was stopped before it began, has neither it nor a checksum. */
export const RUN_RESULT = new StoredPart(
  "run_jobs",
  { run_id: "int8", figures: "json", error_code: "text", error_message: "text" },
  "figures_checksum",
);

/** The columns that hold a result. */
export const RESULT_NAMES = RUN_RESULT.names.slice(1);

export const EXPERIMENT = new StoredPart("comparisons", {
  id: "uuid",
  number: "int8",
  scenario_name: "text",
  seed: "int8",
  design: "json",
});
