import { BallastError } from "@ballast/core/errors";
import { SCENARIO_PREFIX, type VariantChoice } from "@ballast/server/experiments";
import type { Assignments } from "./arguments.ts";
import { type PolicyChoice, withParameters } from "./policy-choice.ts";

/** Every policy with what `--set` adds to it. @throws BallastError INPUT_INVALID for a parameter that is set in both. */
export function variantsFrom(policies: readonly PolicyChoice[], set: Assignments): VariantChoice[] {
  const { parameters, overrides } = splitAssignments(set);
  return policies.map((choice): VariantChoice => {
    const { name, ...settings } = withParameters(choice, parameters);
    return { policy: name, ...settings, overrides };
  });
}

/** Parameters of policies apart from values of the scenario, whose paths are without the prefix. */
function splitAssignments(set: Assignments): { readonly parameters: Assignments; readonly overrides: Assignments } {
  const entries = Object.entries(set);
  const ofScenario = entries.filter(([name]) => name.startsWith(SCENARIO_PREFIX));
  return {
    parameters: Object.fromEntries(entries.filter(([name]) => !name.startsWith(SCENARIO_PREFIX))),
    overrides: Object.fromEntries(ofScenario.map(([name, value]) => [name.slice(SCENARIO_PREFIX.length), value])),
  };
}

/**
 * The place of the policy that the others are compared with: by its number from 1, or by its name.
 * @throws BallastError INPUT_INVALID for one that is not there, or a name that several have.
 */
export function baselineFrom(policies: readonly PolicyChoice[], text: string | undefined): number {
  if (text === undefined) return 0;
  const names = policies.map(({ name }) => name);
  const isPlace = /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= names.length;
  if (isPlace) return Number(text) - 1;
  const found = names.flatMap((name, place) => (name === text ? [place] : []));
  if (found.length === 1) return found[0]!;
  const what = found.length > 1 ? `several policies are called ${text}` : `none of the policies is called ${text}`;
  throw new BallastError(
    "INPUT_INVALID",
    `--baseline takes a policy of the comparison by its name or its place from 1 to ${names.length}: ${what}.`,
  );
}
