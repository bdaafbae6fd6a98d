import { useEffect, useMemo, useState } from "preact/hooks";
import { isAbort } from "./api-error.ts";
import { ask } from "./ask.ts";
import { reconnections } from "./connection.ts";
import type { Document } from "./document.ts";
import { askImmutable, peekImmutable } from "./immutable-answers.ts";

/** What a screen knows of a question: what was answered last, whether a newer answer is on its way, and what went wrong. */
export type Answer<Data> = {
  /** Of the newest answered question, which may be an earlier one while `isLoading`. */
  readonly data: Data | undefined;
  readonly isLoading: boolean;
  readonly error: unknown;
  /** Asks the same again. */
  readonly askAgain: () => void;
};

export type AnswerOptions = {
  /** The answer never changes: see `askImmutable`. */
  readonly isImmutable?: boolean;
};

type Known<Data> = { readonly key: string; readonly data: Data | undefined; readonly error: unknown };

/**
 * The answer to a query, asked again when the variables change or the server was away; the question before is aborted.
 * Undefined variables: nothing is asked. What was shown stays until the new answer is there, so that nothing jumps.
 */
export function useAnswer<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables | undefined,
  options: AnswerOptions = {},
): Answer<Data> {
  const [again, setAgain] = useState(0);
  const isImmutable = options.isImmutable === true;
  const asking = variables === undefined ? "" : JSON.stringify(variables);
  const key = variables === undefined ? "" : `${asking} ${again} ${reconnections.value}`;
  const atHand = variables !== undefined && isImmutable ? peekImmutable(document, variables) : undefined;
  const [known, setKnown] = useState<Known<Data>>({ key: "", data: undefined, error: undefined });
  useEffect(() => {
    if (variables === undefined || atHand !== undefined) return undefined;
    const abort = new AbortController();
    const question = isImmutable ? askImmutable(document, variables, abort.signal) : ask(document, variables, abort.signal);
    question.then(
      (data) => setKnown({ key, data, error: undefined }),
      (error: unknown) => {
        if (!isAbort(error)) setKnown((before) => ({ key, data: before.data, error }));
      },
    );
    return () => abort.abort();
    // The key holds whatever the variables hold.
  }, [document, key]);
  return useMemo(() => {
    const askAgain = (): void => setAgain((count) => count + 1);
    if (atHand !== undefined) return { data: atHand, isLoading: false, error: undefined, askAgain };
    return { data: known.data, isLoading: key !== "" && known.key !== key, error: known.key === key ? known.error : undefined, askAgain };
  }, [atHand, known, key]);
}
