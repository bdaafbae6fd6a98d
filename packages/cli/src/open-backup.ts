import { resolve } from "node:path";
import { BallastError } from "@ballast/core/errors";
import { readBackupFile } from "@ballast/server/backup";
import type { Cli } from "./cli.ts";
import { STANDARD_STREAM } from "./standard-stream.ts";

/** The bytes of the backup that an argument names, and how errors call it. */
export function openBackup(cli: Cli, argument: string): { file: string; bytes: AsyncIterable<Uint8Array> } {
  if (argument !== STANDARD_STREAM) {
    return { file: argument, bytes: readBackupFile(resolve(cli.folder, argument), argument, cli.signal) };
  }
  if (process.stdin.isTTY) {
    throw new BallastError("INPUT_INVALID", "Standard input is a terminal: pipe a backup into it, or name a file.");
  }
  const file = "standard input";
  return { file, bytes: readBackupFile(process.stdin, file, cli.signal) };
}
