import type { StartExperimentMutationVariables } from "./experiments.generated.ts";

export const MAX_SEEDS = 100;

/** What the form holds, as typed. */
export type Draft = {
  /** In the order in which they were chosen. */
  readonly policies: readonly string[];
  /** Of each policy, the parameters that were changed, as typed. */
  readonly parameters: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly baseline: string;
  readonly seeds: string;
  readonly isWithUncommitted: boolean;
  readonly keepsEvents: boolean;
};

export const FIRST_DRAFT: Draft = { policies: [], parameters: {}, baseline: "", seeds: "5", isWithUncommitted: true, keepsEvents: true };

/** What the API is asked for. Whether values are allowed is for the API to say. */
export function inputOf(scenario: string, draft: Draft): StartExperimentMutationVariables["input"] {
  return {
    scenario: { name: scenario },
    variants: draft.policies.map((policy) => ({ policy, parameters: valuesOf(draft.parameters[policy] ?? {}) })),
    baseline: Math.max(0, draft.policies.indexOf(draft.baseline)),
    seedCount: Number(draft.seeds),
    uncommitted: draft.isWithUncommitted,
    keep: draft.keepsEvents ? "EVENTS" : "FIGURES",
  };
}

/** An empty text keeps the default. */
function valuesOf(typed: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(typed).flatMap(([name, text]) => (text === "" ? [] : [[name, valueOf(text)]])));
}

function valueOf(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : text;
}
