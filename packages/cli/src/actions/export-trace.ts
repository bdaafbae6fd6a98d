import { resolve } from "node:path";
import { BallastError } from "@ballast/core/errors";
import { ensureBuiltInTraces } from "@ballast/server/application";
import { EXPORT_FORMATS, type ExportFormat, exportTrace, loadPageNames, loadTrace } from "@ballast/server/traces";
import type { Cli } from "../cli.ts";
import { showCount } from "@ballast/core/quantities";
import { writeWholeFile } from "../output/whole-file.ts";
import { withApplication } from "../with-application.ts";

export type Options = { readonly format: ExportFormat; readonly out?: string };

export async function exportTraceAction(cli: Cli, name: string, { format, out }: Options): Promise<void> {
  const { content, keepsKinds } = EXPORT_FORMATS[format];
  if (out === undefined && content === "binary" && process.stdout.isTTY) {
    throw new BallastError("INPUT_INVALID", `${format} is binary, and standard output is a terminal: name a file with --out.`);
  }
  await withApplication(cli, { execute: false }, async ({ pool }) => {
    await ensureBuiltInTraces(pool, { names: [name], onProgress: (message) => cli.progress.hint(message), signal: cli.signal });
    const trace = await loadTrace(pool, name);
    const names = await loadPageNames(pool, name);
    await write(cli, exportTrace(trace, format, names), out);
    cli.progress.say(`${showCount(trace.referenceCount)} references to ${showCount(trace.pageCount)} pages as ${format}.`);
    if (names !== undefined && format !== "csv")
      cli.progress.say("Pages have names in this trace: they are numbered from 0 in order of first touch.");
    if (!keepsKinds) cli.progress.say("This format has no kinds of access: all will be loads.");
  });
}

async function write({ folder, signal, output }: Cli, pieces: Iterable<Uint8Array>, out: string | undefined): Promise<void> {
  if (out === undefined) await output.bytes(pieces);
  else await writeWholeFile(resolve(folder, out), pieces, signal);
}
