import type { Experiment } from "../../experiments/index.ts";
import type { Run } from "../../runs/index.ts";

/** Digits of an id that tell files apart. */
const ID_DIGITS = 8;

export function runFileName({ scenarioName, policyName, id }: Run, what: string): string {
  return fileName(scenarioName, policyName, id.slice(0, ID_DIGITS), what);
}

export function experimentFileName({ scenarioName, kind, id }: Experiment, what: string): string {
  return fileName(scenarioName, kind, id.slice(0, ID_DIGITS), what);
}

/** Names of scenarios are whatever somebody wrote. */
function fileName(...parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll(/[^\w.]+/g, "-").slice(0, 60)).join("-");
}
