import { type ExecutionResult, GraphQLError } from "graphql";

/**
 * The results of a subscription; where they fail, the error is the last of them, so that the client learns of it over
 * every transport. `return` reaches the source immediately, also while a result is waited for.
 */
export function tellingWhyItEnds(results: AsyncGenerator<ExecutionResult, void, void>): AsyncGenerator<ExecutionResult, void, void> {
  let isOver = false;
  const end = async (): Promise<IteratorReturnResult<undefined>> => {
    isOver = true;
    await results.return();
    return { done: true, value: undefined };
  };
  const told: AsyncGenerator<ExecutionResult, void, void> = {
    next: async () => {
      if (isOver) return { done: true, value: undefined };
      try {
        return await results.next();
      } catch (error) {
        isOver = true;
        return { done: false, value: { errors: [graphqlErrorOf(error)] } };
      }
    },
    return: end,
    throw: end,
    [Symbol.asyncIterator]: () => told,
    [Symbol.asyncDispose]: async () => void (await end()),
  };
  return told;
}

function graphqlErrorOf(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(cause.message, { originalError: cause });
}
