import type { Command } from "commander";
import { ensureBuiltInTraces } from "../../application/index.ts";
import { listTraces } from "../../traces/index.ts";
import type { Cli } from "../cli.ts";
import { addExamples, jsonOption } from "../command-description.ts";
import { traceTable } from "../presentation/trace-lines.ts";
import { traceShape } from "../presentation/trace-shape.ts";
import { withApplication } from "../with-application.ts";

export function addTracesCommand(program: Command, cli: Cli): void {
  const command = program
    .command("traces")
    .description("list the recorded workloads")
    .addOption(jsonOption("one JSON object per line and trace"))
    .action((options: { readonly json?: true }) =>
      withApplication(cli, { execute: false }, async ({ pool }) => {
        await ensureBuiltInTraces(pool, (message) => cli.progress.hint(message), cli.signal);
        const traces = await listTraces(pool);
        if (options.json === true) for (const trace of traces) await cli.output.json(traceShape(trace));
        else for (const line of traceTable(traces, cli.output.width)) await cli.output.line(line);
      }),
    );
  addExamples(command, ["traces", "traces --json"]);
}
