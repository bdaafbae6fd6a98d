import type { ExecutionResult } from "graphql";
import { type FetchAPI, isAsyncIterable, type Plugin } from "graphql-yoga";
import { codedError } from "../errors/coded-error.ts";
import { eventStreamOf } from "./event-stream.ts";
import { acceptsAny } from "../../api/media-types.ts";

const STREAM = "text/event-stream";

const refuse = (result: unknown, { Response }: FetchAPI): Response =>
  new Response(JSON.stringify(result), {
    status: 406,
    headers: { "content-type": "application/json; charset=utf-8" },
  });

/** A subscription for a client that takes no stream is refused with a code; Yoga's own refusal is an empty 406. */
export function useStreamsWhereAccepted(): Plugin {
  return {
    async onResultProcess(payload) {
      const { request, result } = payload;
      if (!isAsyncIterable(result)) return;
      if (acceptsAny(request.headers.get("accept"), [STREAM])) {
        payload.setResultProcessor((results, fetchApi) => eventStreamOf(results as AsyncIterable<ExecutionResult>, fetchApi), STREAM);
        return;
      }
      await (result as Partial<AsyncGenerator>).return?.(undefined);
      const message = `a subscription is answered as a stream: send \`accept: ${STREAM}\`, or use a WebSocket`;
      payload.setResult({ errors: [codedError("NOT_ACCEPTABLE", message)] });
      payload.setResultProcessor(refuse, "application/json");
    },
  };
}
