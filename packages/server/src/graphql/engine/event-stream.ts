import { Readable } from "node:stream";
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from "graphql";
import type { FetchAPI } from "graphql-yoga";

/** As Yoga's own: proxies end connections on which nothing comes for longer. */
const PING_MS = 12_000;

const PING = Buffer.from(":\n\n");
const COMPLETE = Buffer.from("event: complete\ndata:\n\n");

const HEADERS = {
  "content-type": "text/event-stream",
  connection: "keep-alive",
  "cache-control": "no-cache",
  "content-encoding": "none",
};

/** What a result is sent as, made once for all subscriptions that share it. */
const messages = new WeakMap<ExecutionResult, Buffer>();

/**
 * Results as server-sent events, in the form of the protocol "GraphQL over server-sent events". Yoga's own processor writes and
 * encodes each result again for each client, which takes twice as long as everything else that a client costs.
 */
export function eventStreamOf(results: AsyncIterable<ExecutionResult>, { Response }: FetchAPI): Response {
  const parts = Readable.from(new EventStream(results), { objectMode: true, highWaterMark: 1 });
  return new Response(parts as unknown as ReadableStream, { headers: HEADERS });
}

/** No generator: its `return` would wait for the result that is awaited, which may never come. */
class EventStream implements AsyncIterableIterator<Buffer> {
  readonly #results: AsyncIterator<ExecutionResult>;
  #hasBegun = false;
  #isComplete = false;
  #pending: Promise<IteratorResult<ExecutionResult>> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(results: AsyncIterable<ExecutionResult>) {
    this.#results = results[Symbol.asyncIterator]();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Buffer, undefined>> {
    if (this.#isComplete) return { done: true, value: undefined };
    if (!this.#hasBegun) {
      // Some browsers show no response before its first byte.
      this.#hasBegun = true;
      return { done: false, value: PING };
    }
    const result = await this.#nextOrPing();
    if (result === undefined) return { done: false, value: PING };
    this.#isComplete = result.done === true;
    return { done: false, value: result.done === true ? COMPLETE : messageOf(result.value) };
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#isComplete = true;
    clearTimeout(this.#timer);
    await this.#results.return?.();
    return { done: true, value: undefined };
  }

  /** Undefined: no result came for as long as a ping is due. */
  async #nextOrPing(): Promise<IteratorResult<ExecutionResult> | undefined> {
    this.#pending ??= this.#results.next();
    const pinged = new Promise<undefined>((resolve) => {
      this.#timer = setTimeout(() => resolve(undefined), PING_MS).unref();
    });
    const result = await Promise.race([this.#pending, pinged]);
    clearTimeout(this.#timer);
    if (result !== undefined) this.#pending = undefined;
    return result;
  }
}

function messageOf(result: ExecutionResult): Buffer {
  const known = messages.get(result);
  if (known !== undefined) return known;
  const message = Buffer.from(`event: next\ndata: ${textOf(result)}\n\n`);
  messages.set(result, message);
  return message;
}

function textOf(result: ExecutionResult): string {
  const { stringify } = result as { readonly stringify?: () => string };
  if (stringify !== undefined) return stringify();
  return JSON.stringify(result.errors === undefined ? result : { ...result, errors: result.errors.map(withoutHttp) });
}

/** `extensions.http` is for Yoga, which takes an answer's status from it. */
function withoutHttp(error: GraphQLError | GraphQLFormattedError): GraphQLFormattedError {
  const { extensions = {}, ...told }: GraphQLFormattedError = error instanceof GraphQLError ? error.toJSON() : error;
  const { http: _, ...others } = extensions;
  return Object.keys(others).length === 0 ? told : { ...told, extensions: others };
}
