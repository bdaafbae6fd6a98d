import { BallastError } from "@ballast/core/errors";
import { type Command, Option } from "commander";
import { STANDARD_STREAM } from "../standard-stream.ts";

/** `csv` without a file is standard output. */
export type ExportOptions = { readonly csv?: string | true | undefined; readonly parquet?: string | undefined };

export type ExportFormat = "csv" | "parquet" | "json";
export type ExportTarget = { readonly format: ExportFormat; readonly file: string };

/** `rows` says what there is a row of. */
export function addExportOptions(command: Command, rows: string): Command {
  return command
    .addOption(new Option("--csv [file]", `${rows} as CSV, in a file or on standard output`))
    .addOption(new Option("--parquet <file>", `${rows} as Parquet, in a file or on standard output (-)`));
}

/** Where a command's rows are to go besides people. @throws BallastError INPUT_INVALID for two of them in one stream. */
export function exportTargets({ csv, parquet, json }: ExportOptions & { readonly json?: true | undefined }): readonly ExportTarget[] {
  const targets: ExportTarget[] = [];
  if (json === true) targets.push({ format: "json", file: STANDARD_STREAM });
  if (csv !== undefined) targets.push({ format: "csv", file: csv === true ? STANDARD_STREAM : csv });
  if (parquet !== undefined) targets.push({ format: "parquet", file: parquet });
  const [first, second] = targets.filter(({ file }) => file === STANDARD_STREAM);
  if (first !== undefined && second !== undefined) {
    throw refused(`Both --${first.format} and --${second.format} would write to standard output: choose one, or name a file`);
  }
  if (first?.format === "parquet" && process.stdout.isTTY) {
    throw refused("Parquet is binary, and standard output is a terminal: name a file with --parquet");
  }
  return targets;
}

function refused(problem: string): BallastError {
  return new BallastError("INPUT_INVALID", `${problem}.`);
}
