import { resolve } from "node:path";
import { BallastError } from "@ballast/core/errors";
import type { TraceSource } from "@ballast/server/traces";
import { STANDARD_STREAM } from "./standard-stream.ts";

/** Pages of a trace that are listed unless another number is asked for. */
export const PAGES_SHOWN = 100;

/** What a command's argument names: a file, or standard input, which has no name of its own. */
export function sourceOf(argument: string, name: string | undefined, folder: string): TraceSource {
  if (argument !== STANDARD_STREAM) return resolve(folder, argument);
  if (name === undefined) {
    throw new BallastError("INPUT_INVALID", "Standard input has no name that the trace could get: give one with --name.");
  }
  if (process.stdin.isTTY) {
    const how = "pipe something into it (zcat x.gz | ballast import - --name x), or name a file";
    throw new BallastError("INPUT_INVALID", `Standard input is a terminal: ${how}.`);
  }
  return { file: "standard input", bytes: process.stdin };
}
