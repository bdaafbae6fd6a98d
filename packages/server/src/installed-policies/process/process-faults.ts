import { BallastError, type ErrorCode } from "@ballast/core/errors";
import { formatBytes } from "@ballast/core/units";
import type { Verdict } from "./call-guard.ts";
import { MAX_ANSWER_BYTES, MAX_ERROR_CHARACTERS, UNSETTLED_STATUS } from "./protocol.ts";
import type { PolicyLimits } from "./start-process.ts";

/** Whose process failed, and in what. */
export type FaultPlace = {
  /** As messages name it: `The policy greedy 2.0.1`. */
  readonly who: string;
  readonly limits: PolicyLimits;
  /** Whether it was still being started and imported. */
  readonly isLoading: boolean;
  /** What can be done, as a sentence; "" if that is clear. */
  readonly advice: string;
};

/** V8 ends a process whose heap is full with SIGABRT or SIGTRAP; a shell adds 128 to a signal's number. */
const OUT_OF_HEAP: ReadonlySet<number> = new Set([128 + 6, 128 + 5]);

/** The error for a process that was ended because it passed a limit. */
export function limitError(place: FaultPlace, verdict: Verdict): BallastError {
  const { limits, isLoading } = place;
  if (verdict === "memory") return faultOf(place, "POLICY_MEMORY", `took more than ${formatBytes(limits.memoryBytes)} of memory`);
  const what = isLoading ? `was not imported within ${limits.loadMs} ms` : `did not come back within ${limits.callMs} ms`;
  return faultOf(place, "POLICY_TIMEOUT", what);
}

/** The error for a process that ended by itself; `status` as a shell has it, undefined if it is not known. */
export function endedError(place: FaultPlace, status: number | undefined): BallastError {
  if (status !== undefined && OUT_OF_HEAP.has(status)) return limitError(place, "memory");
  if (place.isLoading && status === UNSETTLED_STATUS) {
    return faultOf(place, "POLICY_TIMEOUT", "waits, while it is imported, for something that never happens");
  }
  const how = place.isLoading ? "ended its process while it was imported" : "ended its process";
  return faultOf(place, "POLICY_ENDED", `${how} (${describeStatus(status)})`);
}

/** The error for what is no answer of the protocol, or no data. */
export function answerError(place: FaultPlace, what: string): BallastError {
  return faultOf(place, "POLICY_DECISION_INVALID", `returned what cannot be taken: it ${what}`);
}

export function tooLargeError(place: FaultPlace, bytes: number): BallastError {
  return answerError(place, `has ${bytes} bytes, more than ${MAX_ANSWER_BYTES}`);
}

/** An error whose sentence begins with the policy's name. */
export function faultOf({ who, advice }: FaultPlace, code: ErrorCode, what: string): BallastError {
  return new BallastError(code, `${who} ${what}.${advice === "" ? "" : ` ${advice}`}`);
}

function describeStatus(status: number | undefined): string {
  if (status === undefined) return "without an exit status";
  return status > 128 ? `by signal ${status - 128}` : `exit status ${status}`;
}

/** A policy's own words as part of a message: on one line, without control characters, cut to a length. */
export function foreignText(text: unknown): string {
  const shown = String(text)
    .slice(0, MAX_ERROR_CHARACTERS + 1)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, " ");
  return shown.length > MAX_ERROR_CHARACTERS ? `${shown.slice(0, MAX_ERROR_CHARACTERS)}...` : shown;
}
