import type { Command } from "commander";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";

export function addPoliciesCommand(program: Command, cli: Cli): void {
  const command = program
    .command("policies")
    .description("list the installed policies; with a name, the parameters of that one")
    .argument("[name]", "a policy")
    .addOption(jsonOption("one JSON object per line and policy, parameters included"))
    .action(async (name: string | undefined, { json }: { readonly json?: true }) =>
      (await import("../actions/policies.ts")).policiesAction(cli, name, json === true),
    );
  addExamples(command, ["policies", "policies ballooning", "policies --json"]);
}
