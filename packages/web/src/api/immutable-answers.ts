import { ask } from "./ask.ts";
import type { Document } from "./document.ts";

/** About 20 MB of answers at the sizes that screens ask for. */
const MAX_ANSWERS = 2_000;

/** By document and variables; the one used longest ago comes first. */
const answers = new Map<string, unknown>();
const asked = new Map<string, { readonly answer: Promise<unknown>; readonly abort: AbortController; waiting: number }>();

/**
 * The answer to a query whose answer never changes, such as one about a position that a run has reached: asked once, and
 * kept. A question that two ask at the same time is asked once; it is aborted when neither waits any more.
 * @throws what `ask` throws.
 */
export async function askImmutable<Data, Variables>(
  document: Document<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Data> {
  const key = keyOf(document, variables);
  const known = peekImmutable(document, variables);
  if (known !== undefined) return known;
  const question = asked.get(key) ?? begin(key, document, variables);
  question.waiting += 1;
  const leave = (): void => {
    question.waiting -= 1;
    if (question.waiting > 0) return;
    asked.delete(key);
    question.abort.abort();
  };
  if (signal?.aborted === true) leave();
  signal?.addEventListener("abort", leave, { once: true });
  try {
    const answer = (await question.answer) as Data;
    signal?.throwIfAborted();
    return answer;
  } finally {
    signal?.removeEventListener("abort", leave);
  }
}

/** The answer, if it is known already. */
export function peekImmutable<Data, Variables>(document: Document<Data, Variables>, variables: Variables): Data | undefined {
  const key = keyOf(document, variables);
  const known = answers.get(key);
  if (known === undefined) return undefined;
  answers.delete(key);
  answers.set(key, known);
  return known as Data;
}

function begin<Data, Variables>(key: string, document: Document<Data, Variables>, variables: Variables) {
  const abort = new AbortController();
  const answer = ask(document, variables, abort.signal).then(
    (data) => {
      answers.set(key, data);
      if (answers.size > MAX_ANSWERS) answers.delete(answers.keys().next().value ?? "");
      asked.delete(key);
      return data;
    },
    (error: unknown) => {
      if (asked.get(key)?.abort === abort) asked.delete(key);
      throw error;
    },
  );
  const question = { answer, abort, waiting: 0 };
  asked.set(key, question);
  return question;
}

function keyOf<Data, Variables>({ name, text }: Document<Data, Variables>, variables: Variables): string {
  return `${name} ${text.length} ${JSON.stringify(variables)}`;
}
