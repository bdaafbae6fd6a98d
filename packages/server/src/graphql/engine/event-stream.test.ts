import { buildSchema, type ExecutionResult, GraphQLError } from "graphql";
import { createYoga } from "graphql-yoga";
import { expect, test } from "vitest";
import { eventStreamOf } from "./event-stream.ts";

const { fetchAPI } = createYoga({ schema: buildSchema("type Query { a: Int }") });

/** Gives these results; then ends, or waits until it is returned. */
class Source implements AsyncIterableIterator<ExecutionResult> {
  isReturned = false;
  readonly #results: ExecutionResult[];
  readonly #waits: boolean;

  constructor(results: readonly ExecutionResult[], waits = false) {
    this.#results = [...results];
    this.#waits = waits;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<ExecutionResult>> {
    const value = this.#results.shift();
    if (value !== undefined) return Promise.resolve({ done: false, value });
    return this.#waits ? new Promise(() => {}) : Promise.resolve({ done: true, value: undefined });
  }

  return(): Promise<IteratorResult<ExecutionResult>> {
    this.isReturned = true;
    return Promise.resolve({ done: true, value: undefined });
  }
}

/** The body as the HTTP server reads it. */
function partsOf(source: Source): AsyncIterable<Uint8Array> {
  return eventStreamOf(source, fetchAPI).body as unknown as AsyncIterable<Uint8Array>;
}

async function readAll(source: Source): Promise<string> {
  let text = "";
  for await (const part of partsOf(source)) text += Buffer.from(part).toString();
  return text;
}

// Oracle: the protocol "GraphQL over server-sent events", distinct connections mode.
test("results come as events of the type next, and their end as one of the type complete", async () => {
  const text = await readAll(new Source([{ data: { a: 1 } }, { data: { a: 2 } }]));
  const expected = ['event: next\ndata: {"data":{"a":1}}', 'event: next\ndata: {"data":{"a":2}}', "event: complete\ndata:", ""];
  expect(text).toBe(`:\n\n${expected.join("\n\n")}`);
});

test("an error comes without what is meant for the HTTP answer", async () => {
  const error = new GraphQLError("no", { extensions: { code: "FORBIDDEN", http: { status: 403 } } });
  expect(await readAll(new Source([{ errors: [error] }]))).toContain(
    'data: {"errors":[{"message":"no","extensions":{"code":"FORBIDDEN"}}]}',
  );
});

test("a result that has its text already is not written again", async () => {
  const shared = { data: {}, stringify: () => '{"data":"shared"}' };
  expect(await readAll(new Source([shared, shared]))).toContain('data: {"data":"shared"}\n\nevent: next\ndata: {"data":"shared"}');
});

test("a client that leaves ends the source, also while a result is waited for", async () => {
  const source = new Source([{ data: {} }], true);
  const parts = partsOf(source)[Symbol.asyncIterator]();
  await parts.next();
  await parts.next();
  const waiting = parts.next().catch(() => "cut off");
  await parts.return?.();
  expect(source.isReturned).toBe(true);
  expect(await waiting).toBe("cut off");
});
