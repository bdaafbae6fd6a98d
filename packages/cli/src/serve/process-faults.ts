import type { Logger } from "pino";
import { EXIT_CODES } from "../exit-code.ts";

/** What is being stopped after a fault gets this long before the process ends without it. */
const STOP_MS = 10_000;

/** Something was thrown that nothing handled: the log has it, and the process ends. */
export class ProcessFault extends Error {
  override readonly name = "ProcessFault";
}

export type FaultWatch = {
  /** Aborts with a ProcessFault when something was thrown that nothing handled. */
  readonly signal: AbortSignal;
  stopWatching(): void;
};

/**
 * After an unhandled exception the state of the process is unknown: the exception is logged, and everything is stopped in
 * order, as at an interruption. Unhandled promise rejections arrive here too.
 */
export function watchFaults(logger: Logger): FaultWatch {
  const controller = new AbortController();
  const onFault = (error: unknown, origin: NodeJS.UncaughtExceptionOrigin): void => {
    logger.fatal({ err: error, origin }, "a fault that nothing handles: the server ends; runs under way continue at the next start");
    if (controller.signal.aborted) return;
    setTimeout(() => process.exit(EXIT_CODES.failed.code), STOP_MS).unref();
    controller.abort(new ProcessFault("the server ended after a fault; the log has it"));
  };
  process.on("uncaughtException", onFault);
  return { signal: controller.signal, stopWatching: () => process.off("uncaughtException", onFault) };
}
