import type { BallastError } from "@ballast/core/errors";
import type { PrngState } from "@ballast/core/prng";
import { NotPlainError, parsePlain } from "./plain-value.ts";
import { answerError, faultOf, type FaultPlace, foreignText } from "./process-faults.ts";
import type { PolicyAnswer } from "./protocol.ts";

/** What the policy's process gave: the value, or what the policy threw in the call. */
export type Answer =
  | { readonly kind: "done"; readonly value: unknown; readonly prng: PrngState | null }
  | { readonly kind: "threw"; readonly message: string }
  | { readonly kind: "started"; readonly pid: number };

/**
 * Reads an answer, which may be any bytes: the policy's code runs in the process that writes it.
 * @throws BallastError POLICY_THREW for what was thrown outside of a call, POLICY_DECISION_INVALID for what is no answer or no
 * data, POLICY_PACKAGE_INVALID for a policy that cannot be imported.
 */
export function readAnswer(bytes: Uint8Array, place: FaultPlace): Answer {
  const answer = parseAnswer(bytes, place);
  switch (answer.kind) {
    case "started":
      if (Number.isInteger(answer.pid) && answer.pid > 1) return answer;
      break;
    case "done":
      if (answer.prng === null || isPrngState(answer.prng)) return answer;
      break;
    case "threw":
      return { kind: "threw", message: foreignText(answer.message) };
    case "strayed":
      throw faultOf(place, "POLICY_THREW", `threw outside of its calls: ${foreignText(answer.message)}`);
    case "notPlain":
      throw answerError(place, foreignText(answer.message));
    case "notImported":
      throw importError(place, answer.message);
  }
  throw answerError(place, "is no answer to the call");
}

function importError(place: FaultPlace, message: unknown): BallastError {
  return faultOf(place, "POLICY_PACKAGE_INVALID", `cannot be imported: ${foreignText(message)}`);
}

function parseAnswer(bytes: Uint8Array, place: FaultPlace): PolicyAnswer {
  try {
    const answer = parsePlain(new TextDecoder().decode(bytes));
    return (typeof answer === "object" && answer !== null ? answer : {}) as PolicyAnswer;
  } catch (error) {
    if (error instanceof NotPlainError) throw answerError(place, error.message);
    throw error;
  }
}

function isPrngState(state: unknown): state is PrngState {
  return Array.isArray(state) && state.length === 4 && state.every((part) => Number.isInteger(part) && (part | 0) === part);
}
