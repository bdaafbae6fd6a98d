import type { Writable } from "node:stream";
import { styleText } from "node:util";
import { BallastError } from "@ballast/core/errors";

/** An expected failure as its message; anything else with its stack, because it is a fault of the program. */
export function reportError(stream: Writable, error: unknown, asJson: boolean): void {
  stream.write(asJson ? `${JSON.stringify({ error: describe(error) })}\n` : forPeople(stream, error));
}

function describe(error: unknown): { code: string; message: string; problems: readonly unknown[] } {
  if (error instanceof BallastError) return { code: error.code, message: error.message, problems: error.problems };
  return { code: "INTERNAL", message: error instanceof Error ? error.message : String(error), problems: [] };
}

function forPeople(stream: Writable, error: unknown): string {
  const { code, message } = describe(error);
  const heading = styleText(["red", "bold"], "error", { stream, validateStream: true });
  if (error instanceof BallastError) return `${heading}: ${message} [${code}]\n`;
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  return `${heading}: this should not have happened; please report it. [${code}]\n${stack}\n`;
}
