import { BallastError } from "@ballast/core/errors";
import type { Limits } from "./limits.ts";

/** Answers that may be in the making at a time, each as large as one may be; all of a server's together take no more bytes. */
const LARGE_ANSWERS = 32;

/** Bytes of all answers that a server is making. */
export class SharedBytes {
  bytes = 0;
}

/** What one answer may still take, counted field by field while it is made. */
export class AnswerBudget {
  readonly #limits: Pick<Limits, "maxAnswerBytes" | "maxFields">;
  readonly #shared: SharedBytes;
  readonly #onExcess: (error: BallastError) => void;
  #bytes = 0;
  #fields = 0;

  /** `onExcess` ends the operation, so that it does no more work for an answer that is not given. */
  constructor(limits: Pick<Limits, "maxAnswerBytes" | "maxFields">, shared: SharedBytes, onExcess: (error: BallastError) => void) {
    this.#limits = limits;
    this.#shared = shared;
    this.#onExcess = onExcess;
  }

  /**
   * Counts a field of the answer with the bytes of its key and its value.
   * @throws BallastError ANSWER_TOO_LARGE, QUERY_TOO_EXPENSIVE, TOO_MANY_OPERATIONS.
   */
  spend(bytes: number): void {
    this.#bytes += bytes;
    this.#fields += 1;
    this.#shared.bytes += bytes;
    const { maxAnswerBytes, maxFields } = this.#limits;
    if (this.#bytes > maxAnswerBytes) this.#refuse("ANSWER_TOO_LARGE", tooLarge(maxAnswerBytes));
    if (this.#fields > maxFields)
      this.#refuse("QUERY_TOO_EXPENSIVE", `the answer has more than ${maxFields} fields, the limit: ask for less, or in several queries`);
    if (this.#shared.bytes > LARGE_ANSWERS * maxAnswerBytes)
      this.#refuse(
        "TOO_MANY_OPERATIONS",
        "the answers that the server is making take all the memory that is meant for them: ask again later",
      );
  }

  /** An answer was given: the next one of the same operation, or none, begins. */
  reset(): void {
    this.#shared.bytes -= this.#bytes;
    this.#bytes = 0;
    this.#fields = 0;
  }

  #refuse(code: "ANSWER_TOO_LARGE" | "QUERY_TOO_EXPENSIVE" | "TOO_MANY_OPERATIONS", message: string): never {
    const error = new BallastError(code, message);
    this.#onExcess(error);
    throw error;
  }
}

export function tooLarge(maxBytes: number): string {
  return `the answer takes more than ${maxBytes} bytes, the limit: ask for smaller pages, fewer fields, or in several queries`;
}
