import { ApiError, type ApiErrorCode } from "../../api/api-error.ts";

/** One thing that is wrong with an input, at a JSON pointer into it. */
export type Problem = { readonly path: string; readonly message: string };

/** What the API answers in place of a payload: nothing was changed. */
export class Refusal extends ApiError {
  readonly problems: readonly Problem[];

  constructor(code: ApiErrorCode, message: string, problems: readonly Problem[]) {
    super(code, message);
    this.problems = problems;
  }
}

type FailureFields = { readonly code: ApiErrorCode; readonly message: string; readonly problems: readonly Problem[] };

/** The payload of a mutation. @throws Refusal the failure that came in its place. */
export function payloadOf<Outcome extends object>(outcome: Outcome): Exclude<Outcome, { readonly code: unknown }> {
  if (!("code" in outcome)) return outcome as Exclude<Outcome, { readonly code: unknown }>;
  const { code, message, problems } = outcome as unknown as FailureFields;
  throw new Refusal(code, message, problems);
}
