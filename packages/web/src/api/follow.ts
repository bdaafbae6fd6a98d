import { ApiError, UNREACHABLE } from "./api-error.ts";
import { onUnreachable, whenConnected } from "./connection.ts";
import type { Document } from "./document.ts";
import { readEventStream } from "./event-stream.ts";
import { request } from "./request.ts";
import { onceHidden, whenVisible } from "./visibility.ts";

/** How a subscription is continued after the connection broke. */
export type FollowOptions<Data, Variables> = {
  readonly signal: AbortSignal;
  readonly onData: (data: Data) => void;
  /** Variables of the next attempt, after what was received last: so that no event is missed or received twice. */
  readonly resume?: (variables: Variables, last: Data | undefined) => Variables;
};

const PAUSE_MS = 250;

/**
 * Follows a subscription until it completes or the signal aborts; a connection that breaks is made again. A tab that is
 * not looked at has none: browsers open six to a server at most, for all tabs together.
 * @throws ApiError that the server answers the subscription with.
 */
export async function follow<Data, Variables extends Record<string, unknown>>(
  document: Document<Data, Variables>,
  variables: Variables,
  { signal, onData, resume = (same) => same }: FollowOptions<Data, Variables>,
): Promise<void> {
  let last: Data | undefined;
  const hear = (data: Data): void => {
    last = data;
    onData(data);
  };
  for (;;) {
    await whenVisible(signal);
    if (signal.aborted) return;
    const end = await listen(document, resume(variables, last), signal, hear);
    if (end === "complete" || signal.aborted) return;
    if (end === "hidden") continue;
    if (end !== "broken") throw end;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    onUnreachable();
    await whenConnected();
  }
}

/** Codes with which a server that closes, or a slow reader's stream, ends: it can be continued. */
const PASSING = new Set(["SERVER_CLOSING", "READER_TOO_SLOW", "SERVER_BUSY", UNREACHABLE]);

type End = "complete" | "broken" | "hidden" | ApiError;

async function listen<Data, Variables extends Record<string, unknown>>(
  document: Document<Data, Variables>,
  variables: Variables,
  signal: AbortSignal,
  onData: (data: Data) => void,
): Promise<End> {
  const hidden = new AbortController();
  const stopLooking = onceHidden(() => hidden.abort());
  try {
    return await receive(document, variables, AbortSignal.any([signal, hidden.signal]), onData);
  } catch {
    if (signal.aborted) return "complete";
    return hidden.signal.aborted ? "hidden" : "broken";
  } finally {
    stopLooking();
  }
}

/** By the GraphQL over Server-Sent Events protocol, a connection for each subscription. @throws what `request` and reading its body throw. */
async function receive<Data, Variables extends Record<string, unknown>>(
  { name, text }: Document<Data, Variables>,
  variables: Variables,
  signal: AbortSignal,
  onData: (data: Data) => void,
): Promise<End> {
  const { body } = await request("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query: text, operationName: name, variables }),
    signal,
  });
  if (body === null) return "broken";
  let failure: End | undefined;
  for await (const { event, data } of readEventStream(body)) {
    if (event === "complete") return failure ?? "complete";
    if (event !== "next") continue;
    const result = JSON.parse(data) as Result<Data>;
    failure = failureOf(result) ?? failure;
    if (result.errors === undefined && result.data != null) onData(result.data);
  }
  return failure ?? "broken";
}

type Result<Data> = {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Readonly<Record<string, unknown>> }[];
};

function failureOf({ errors: [error] = [] }: Result<unknown>): End | undefined {
  if (error === undefined) return undefined;
  const code = codeOf(error.extensions);
  return PASSING.has(code) ? "broken" : new ApiError(code, error.message);
}

function codeOf(extensions: Readonly<Record<string, unknown>> | undefined): string {
  const code = extensions?.["code"];
  return typeof code === "string" ? code : "INTERNAL";
}
