import { BallastError } from "@ballast/core/errors";
import { printScenario, type Scenario, setInScenario, uncommittedScenario } from "@ballast/core/scenario";
import { type ChosenPolicy, choosePolicy } from "../../runs/service/prepare-run.ts";
import type { FindPolicy } from "../../runs/worker/kernel-input.ts";
import type { VariantInput, VariantRole } from "../experiment.ts";
import { variantLabels } from "../variant-labels.ts";
import type { StartExperiment, VariantChoice } from "./experiment-service.ts";

/** Reclaims nothing, which takes nothing where memory is ample. */
const UNCOMMITTED_POLICY = "no-reclaim";
/** They know the future. */
const BOUND_POLICIES = ["best-partition"] as const;
/** What an experiment has its own places for. */
const NOT_OVERRIDDEN: Readonly<Record<string, string>> = { seed: "the experiment's seeds", policy: "the variant's policy" };

/** A variant with what its runs are made of; the seed is still the scenario's. */
export type PreparedVariant = { readonly variant: VariantInput; readonly scenario: Scenario; readonly chosen: ChosenPolicy };

/**
 * The variants that were asked for, then those that stand beside them: without overcommitment, one for each different set of VMs, and
 * bounds.
 * @throws BallastError POLICY_NOT_FOUND, POLICY_PARAMETER_INVALID, SCENARIO_INVALID; INPUT_INVALID for two equal ones, or an override
 * of nothing.
 */
export function prepareVariants(findPolicy: FindPolicy, input: StartExperiment): PreparedVariant[] {
  const { uncommitted = true, bounds = false } = input;
  const compared = input.variants.map((choice, place) => prepare(findPolicy, input.scenario, choice, { place, role: "compared" }));
  refuseEqual(compared.map(({ variant }) => variant));
  const asked = bounds ? [...compared, ...boundsOf(findPolicy, compared)] : compared;
  return uncommitted ? withUncommitted(findPolicy, asked) : asked;
}

type Place = { readonly place: number; readonly role: VariantRole };

function prepare(findPolicy: FindPolicy, base: Scenario, choice: VariantChoice, { place, role }: Place): PreparedVariant {
  const { policy: name, overrides = {}, ...settings } = choice;
  for (const path of Object.keys(overrides)) refuseOwnPlace(path);
  const scenario = setInScenario(base, overrides);
  const chosen = choosePolicy(findPolicy, scenario, { ...settings, name }, `/variants/${place}`);
  return { scenario, chosen, variant: { ...describe(chosen), overrides, role, uncommitted: null } };
}

function describe({ policy, parameters }: ChosenPolicy): Omit<VariantInput, "overrides" | "role" | "uncommitted"> {
  const changedParameters = Object.entries(policy.parameters).flatMap(([name, { default: unset }]) => {
    return parameters[name] === unset ? [] : [name];
  });
  return { policyName: policy.name, policyVersion: policy.version, parameters, changedParameters };
}

function refuseOwnPlace(path: string): void {
  const [first = ""] = path.split(".");
  if (!Object.hasOwn(NOT_OVERRIDDEN, first)) return;
  throw new BallastError("INPUT_INVALID", `An override cannot set "${path}" of the scenario: set ${NOT_OVERRIDDEN[first]} instead.`);
}

/** Each bound once for each scenario. */
function boundsOf(findPolicy: FindPolicy, compared: readonly PreparedVariant[]): PreparedVariant[] {
  const scenarios = new Map(compared.map((prepared) => [printScenario(prepared.scenario), prepared]));
  return [...scenarios.values()].flatMap(({ scenario, variant: { overrides } }) =>
    BOUND_POLICIES.map((name): PreparedVariant => {
      const chosen = choosePolicy(findPolicy, scenario, { name, fromDefaults: true });
      return { scenario, chosen, variant: { ...describe(chosen), overrides, role: "bound", uncommitted: null } };
    }),
  );
}

/** Each variant knows its own; those whose scenarios are equal but for the host's memory share one. */
function withUncommitted(findPolicy: FindPolicy, asked: readonly PreparedVariant[]): PreparedVariant[] {
  const added = new Map<string, { readonly place: number; readonly prepared: PreparedVariant }>();
  const known = asked.map((prepared): PreparedVariant => {
    const scenario = uncommittedScenario(prepared.scenario);
    const key = printScenario(scenario);
    const found = added.get(key) ?? { place: asked.length + added.size, prepared: ampleVariant(findPolicy, scenario, prepared) };
    added.set(key, found);
    return { ...prepared, variant: { ...prepared.variant, uncommitted: found.place } };
  });
  return [...known, ...[...added.values()].map(({ prepared }) => prepared)];
}

function ampleVariant(findPolicy: FindPolicy, scenario: Scenario, { variant: { overrides } }: PreparedVariant): PreparedVariant {
  const chosen = choosePolicy(findPolicy, scenario, { name: UNCOMMITTED_POLICY, fromDefaults: true });
  const ofHost = { ...overrides, "host.framePages": scenario.host.framePages };
  return { scenario, chosen, variant: { ...describe(chosen), overrides: ofHost, role: "uncommitted", uncommitted: null } };
}

/** @throws BallastError INPUT_INVALID for two that could not differ in anything. */
function refuseEqual(variants: readonly VariantInput[]): void {
  const places = new Map<string, number>();
  const labels = variantLabels(variants);
  for (const [place, label] of labels.entries()) {
    const earlier = places.get(label);
    if (earlier !== undefined) {
      throw new BallastError(
        "INPUT_INVALID",
        `The policies ${earlier + 1} and ${place + 1} of the comparison are the same: ` +
          `${label}. Leave one out, or give one of them another parameter.`,
      );
    }
    places.set(label, place);
  }
}
