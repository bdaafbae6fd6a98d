import { type Logger, pino } from "pino";
import type { LogLevel } from "../../configuration/index.ts";
import type { ExecutorNotice } from "../../runs/index.ts";

/** JSON lines on stderr. Written at once, so that the last words of a process that dies are not lost. */
export function createServerLog(level: LogLevel): Logger {
  return pino({ level }, pino.destination({ fd: 2, sync: true }));
}

/** What the executor and the read models have to say that nobody waits for. */
export function logNotice(logger: Logger, { what, run, error }: ExecutorNotice): void {
  logger.warn({ run, err: error }, what);
}
