import type { Scenario } from "@ballast/core/scenario";
import type { Command } from "commander";
import { policyText } from "@ballast/server/policy-text";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { type Column, formatTable } from "../output/table.ts";

const COLUMNS: readonly Column<Scenario>[] = [
  { title: "scenario", cell: ({ name }) => name },
  { title: "policy", cell: ({ policy }) => policyText(policy.name, policy.parameters) },
  { title: "VMs", align: "right", cell: ({ vms }) => String(vms.length) },
  { title: "shows", cell: ({ description }) => firstSentence(description) },
];

export function addScenariosCommand(program: Command, cli: Cli): void {
  const command = program
    .command("scenarios")
    .description("list the scenarios that `run` and `compare` know by name")
    .addOption(jsonOption("one JSON object per line and scenario"))
    .action(async (options: { readonly json?: true }) => {
      const { openScenarioLibrary } = await import("@ballast/server/scenario-library");
      const scenarios = await openScenarioLibrary().listScenarios();
      if (options.json === true) for (const scenario of scenarios) await cli.output.json(scenarioShape(scenario));
      else for (const line of formatTable(COLUMNS, scenarios, cli.output.width)) await cli.output.line(line);
    });
  addExamples(command, ["scenarios", "scenarios --json"]);
}

function scenarioShape({ name, description, policy, seed, vms, host }: Scenario): Record<string, unknown> {
  const configuredPages = vms.reduce((total, vm) => total + vm.configuredPages, 0);
  return {
    name,
    description,
    policy: policy.name,
    parameters: policy.parameters,
    seed,
    framePages: host.framePages,
    vms: vms.length,
    configuredPages,
  };
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}
