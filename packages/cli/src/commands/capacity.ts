import { type Command, InvalidArgumentError, Option } from "commander";
import { parsePositive } from "../arguments.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { addExportOptions } from "../exports/export-options.ts";
import { listOption } from "../option-rules.ts";
import { parsePolicyChoices, POLICY_SYNTAX } from "../policy-choice.ts";
import { SCENARIO_ARGUMENT } from "../scenario-argument.ts";
import { seedsOption } from "../seeds-option.ts";
import type { Options } from "../actions/capacity.ts";

const DEFAULT_PERCENTILE = 95;

export function addCapacityCommand(program: Command, cli: Cli): void {
  const command = program
    .command("capacity")
    .description(
      "search for the most VMs, or the least memory of the host, that keep VMs from slowing down beyond a limit, for each policy",
    )
    .argument("<scenario>", SCENARIO_ARGUMENT)
    .addOption(listOption("--policies <policies>", `with commas between them: ${POLICY_SYNTAX}`, parsePolicyChoices).makeOptionMandatory())
    .addOption(
      new Option("--max-slowdown <factor>", "time of a VM over its time without overcommitment, from 1: 1.1 is a tenth longer")
        .argParser(parseFactor)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option("--vary <what>", "the number of VMs of a kind, or the host's frames").choices(["vms", "frames"]).makeOptionMandatory(),
    )
    .option("--vm <name>", "the kind of VMs whose number is varied, if the scenario has several")
    .option("--percentile <n>", "of the VMs of a run, as many per cent have to keep the limit", parsePositive, DEFAULT_PERCENTILE)
    .addOption(seedsOption())
    .option("--anew", "a new search, although this one was made before")
    .addOption(jsonOption("one JSON object"))
    .addOption(quietOption());
  addExportOptions(command, "a row for each policy and step of the search").action(async (text: string, options: Options) =>
    (await import("../actions/capacity.ts")).capacityAction(cli, text, options),
  );
  addExamples(command, [
    "capacity boot-storm --policies esx,ballooning --max-slowdown 1.1 --vary frames --seeds 5",
    "capacity ./my-scenario.json --policies esx,host-swap --max-slowdown 1.2 --percentile 90 --vary vms --vm web --csv curve.csv",
  ]);
}

function parseFactor(text: string): number {
  const factor = Number(text);
  if (text.trim() !== "" && Number.isFinite(factor)) return factor;
  throw new InvalidArgumentError("It must be a number from 1, such as 1.1.");
}
