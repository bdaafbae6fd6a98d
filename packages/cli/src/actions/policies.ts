import type { Parameter } from "@ballast/core/policy";
import { type InstalledPolicy, loadPolicies, resolvePolicyPackages } from "@ballast/server/installed-policies";
import type { Cli } from "../cli.ts";
import { type Column, formatTable } from "../output/table.ts";
import { wrap } from "../output/wrap.ts";
import { configurationOf } from "../configuration-of.ts";

const COLUMNS: readonly Column<InstalledPolicy>[] = [
  { title: "policy", cell: ({ name }) => name },
  { title: "version", cell: ({ version }) => version },
  { title: "needs", cell: ({ requires }) => requires.join(", ") || "nothing" },
  { title: "does", cell: ({ description }) => description },
];

/** Needs no database. */
export async function policiesAction(cli: Cli, name: string | undefined, asJson: boolean): Promise<void> {
  const { policies: packages, folders, policyLimits } = configurationOf(cli);
  const { listPolicies, getPolicy } = await loadPolicies(resolvePolicyPackages(packages, folders), policyLimits);
  const chosen = name === undefined ? listPolicies() : [getPolicy(name)];
  if (asJson) for (const policy of chosen) await cli.output.json(policyShape(policy));
  else for (const line of policyLines(chosen, name !== undefined, cli.output.width)) await cli.output.line(line);
}

function policyShape({ name, version, description, requires, parameters }: InstalledPolicy): Record<string, unknown> {
  return { name, version, description, requires, parameters };
}

function policyLines(policies: readonly InstalledPolicy[], withParameters: boolean, width: number | undefined): string[] {
  const lines = formatTable(COLUMNS, policies, width);
  if (!withParameters) return lines;
  const parameters = policies.flatMap((policy) => Object.entries(policy.parameters));
  if (parameters.length === 0) return [...lines, "", "It has no parameters."];
  return [...lines, ...parameters.flatMap(([name, parameter]) => parameterLines(name, parameter, width))];
}

function parameterLines(name: string, parameter: Parameter, width: number | undefined): string[] {
  const unit = "unit" in parameter ? ` ${parameter.unit}` : "";
  const { confidence } = parameter;
  const source = `Default ${confidence}: ${parameter.source.replace(`${confidence}: `, "")}`;
  const indented = [parameter.description, source].flatMap((text) => wrap(text, width && width - 4)).map((line) => `    ${line}`);
  return ["", `${name} = ${parameter.default}${unit} (${showAllowed(parameter)})`, ...indented];
}

function showAllowed(parameter: Parameter): string {
  if (parameter.type === "boolean") return "true, false";
  return parameter.type === "choice" ? parameter.choices.join(", ") : `${parameter.minimum} to ${parameter.maximum}`;
}
