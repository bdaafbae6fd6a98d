import { policyText } from "@ballast/server/policy-text";
import { comparedVariants, type Experiment, type Variant } from "@ballast/server/experiment";
import type { Run } from "@ballast/server/runs";

/** What a shell takes as it is. */
const PLAIN = /^[\w@%+=:,./-]+$/;

/** The command that makes an experiment again; `scenario` is what names the scenario. */
export function experimentCommand(experiment: Experiment, scenario: string): string {
  const { kind, seeds, variants } = experiment;
  const compared = comparedVariants(experiment);
  const words = kind === "sweep" ? sweepWords(scenario, compared) : compareWords(experiment, scenario, compared);
  const flags = [
    seedWords(kind, seeds),
    ...(kind === "comparison" && variants.some(({ role }) => role === "bound") ? [["--bounds"]] : []),
    ...(variants.some(({ role }) => role === "uncommitted") ? [] : [["--no-uncommitted"]]),
  ];
  return inShell(["ballast", ...words, ...flags.flat()]);
}

/** The command that makes a run again. */
export function runCommand({ policyName, parameters, seed }: Run, scenario: string): string {
  return inShell(["ballast", "run", scenario, "--policy", policyText(policyName, parameters), "--seed", String(seed)]);
}

/** A list says which seeds; one number would say how many, from the scenario's own on: that of a sweep of one seed is taken to be it. */
function seedWords(kind: Experiment["kind"], seeds: readonly number[]): string[] {
  if (seeds.length > 1) return ["--seeds", seeds.join(",")];
  return kind === "comparison" ? ["--seed", String(seeds[0])] : ["--seeds", "1"];
}

function compareWords({ baseline, variants }: Experiment, scenario: string, compared: readonly Variant[]): string[] {
  const policies = compared.map(({ policyName, parameters }) => policyText(policyName, parameters));
  const overrides = Object.entries(compared[0]?.overrides ?? {});
  const place = compared.indexOf(variants[baseline]!);
  return [
    "compare",
    scenario,
    "--policies",
    policies.join(","),
    ...overrides.flatMap(([path, value]) => ["--set", settingText(`scenario.${path}`, [value])]),
    ...(place > 0 ? ["--baseline", String(place + 1)] : []),
  ];
}

/** Every setting that is not the same of all variants of a policy, and every override. */
function sweepWords(scenario: string, compared: readonly Variant[]): string[] {
  const names = [...new Set(compared.map(({ policyName }) => policyName))];
  const settings = names.flatMap((name) => variedSettings(compared.filter(({ policyName }) => policyName === name)));
  const overrides = valuesByName(compared.map((variant) => variant.overrides)).map(([path, values]) =>
    settingText(`scenario.${path}`, values),
  );
  return [
    "sweep",
    scenario,
    "--policy",
    names.join(","),
    ...[...new Set([...settings, ...overrides])].flatMap((setting) => ["--set", setting]),
  ];
}

function variedSettings(variants: readonly Variant[]): string[] {
  return valuesByName(variants.map(({ parameters }) => parameters))
    .filter(([, values]) => values.length > 1)
    .map(([name, values]) => settingText(name, values));
}

function valuesByName(settings: readonly Readonly<Record<string, unknown>>[]): [string, unknown[]][] {
  const names = [...new Set(settings.flatMap((each) => Object.keys(each)))];
  return names.map((name) => [name, [...new Set(settings.map((each) => each[name]))]]);
}

function settingText(name: string, values: readonly unknown[]): string {
  return `${name}=${values.map(String).join(",")}`;
}

function inShell(words: readonly string[]): string {
  return words.map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(" ");
}
