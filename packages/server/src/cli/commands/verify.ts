import type { Command } from "commander";
import { unlessInterrupted } from "../interruption.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption, quietOption } from "../command-description.ts";
import { findRun, RUN_ARGUMENT } from "../find-run.ts";
import { showCount } from "../output/quantities.ts";
import { withApplication } from "../with-application.ts";

export function addVerifyCommand(program: Command, cli: Cli): void {
  const command = program
    .command("verify")
    .description("execute a run again and compare every event with what is stored")
    .argument("<run>", RUN_ARGUMENT)
    .addOption(jsonOption("one JSON object"))
    .addOption(quietOption())
    .action((text: string, options: { readonly json?: true }) => verify(cli, text, options.json === true));
  addExamples(command, ["verify latest", "verify 01990f3c-7a1e-7c3a-9d0e-2f6f8f2b4a11 --json"]);
}

async function verify(cli: Cli, text: string, asJson: boolean): Promise<void> {
  await withApplication(cli, { execute: false }, async ({ runs }) => {
    const run = await findRun(runs, text);
    cli.progress.update({ label: `Executing run ${run.id} again`, fraction: undefined });
    const verified = await unlessInterrupted(cli.signal, runs.verifyRun(run.id, cli.signal));
    cli.progress.clear();
    if (asJson) {
      await cli.output.json({ ...verified, equal: true });
      return;
    }
    await cli.output.line(`Equal: all ${showCount(verified.positions)} events of run ${verified.runId}`);
    await cli.output.line(`digest ${verified.digest}`);
  });
}
