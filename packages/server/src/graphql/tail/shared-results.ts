import type { ExecutionResult } from "graphql";
import type { LogSlice } from "../../api/tail/log-slices.ts";
import { SharedMessages } from "../../api/tail/shared-messages.ts";

/** A result with its text: `stringify` is what yoga writes it with. */
type SharedResult = ExecutionResult & { readonly stringify: () => string };

/** What equal subscriptions are sent for the same events: executed and written once. */
export class SharedResults {
  // The text is kept beside the objects that it was made of, which take about three times as much, and what is sent.
  readonly #results = new SharedMessages<SharedResult>((result) => 5 * result.stringify().length);

  /** `selection` names everything that the result depends on beside the events. A result with errors is not kept. */
  async get(slice: LogSlice, selection: string, execute: () => Promise<ExecutionResult> | ExecutionResult): Promise<ExecutionResult> {
    try {
      return await this.#results.get(slice, selection, async () => withText(await execute()));
    } catch (error) {
      if (error instanceof FailedResult) return error.result;
      throw error;
    }
  }
}

class FailedResult extends Error {
  readonly result: ExecutionResult;

  constructor(result: ExecutionResult) {
    super("the execution has errors");
    this.result = result;
  }
}

function withText(result: ExecutionResult): SharedResult {
  if (result.errors !== undefined) throw new FailedResult(result);
  const text = JSON.stringify(result);
  return { ...result, stringify: () => text };
}
