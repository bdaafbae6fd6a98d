import { ERROR_CODES, type ErrorCode } from "@ballast/core/errors";
import type { RunError } from "./run.ts";

/** The text of a RunFailed event, as the kernel writes it too. */
export function failureText({ code, message }: RunError): string {
  return `${code}: ${message}`;
}

/** The error that such a text tells. */
export function parseFailureText(text: string): RunError {
  const [, code, message] = /^([A-Z_]+): (.*)$/s.exec(text) ?? [];
  if (code === undefined || message === undefined || !Object.hasOwn(ERROR_CODES, code)) return { code: "RUN_FAILED", message: text };
  return { code: code as ErrorCode, message };
}
