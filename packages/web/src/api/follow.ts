import { createClient } from "graphql-sse";
import { ApiError, UNREACHABLE } from "./api-error.ts";
import { onUnreachable, whenConnected } from "./connection.ts";
import type { Document } from "./document.ts";
import { authorization } from "./token.ts";
import { onceHidden, whenVisible } from "./visibility.ts";

const client = createClient({ url: "/graphql", retryAttempts: 0, headers: authorization });

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

async function listen<Data, Variables extends Record<string, unknown>>(
  { name, text }: Document<Data, Variables>,
  variables: Variables,
  signal: AbortSignal,
  onData: (data: Data) => void,
): Promise<"complete" | "broken" | "hidden" | ApiError> {
  return await new Promise((settle) => {
    const resolve = (end: "complete" | "broken" | "hidden" | ApiError): void => {
      stopLooking();
      settle(end);
    };
    let failure: ApiError | "broken" | undefined;
    const stop = client.subscribe<Data>(
      { query: text, operationName: name, variables },
      {
        next: ({ data, errors }) => {
          const [error] = errors ?? [];
          if (error !== undefined) {
            const code = codeOf(error.extensions);
            failure = PASSING.has(code) ? "broken" : new ApiError(code, error.message);
          } else if (data != null) onData(data);
        },
        error: () => resolve(failure ?? "broken"),
        complete: () => resolve(failure ?? "complete"),
      },
    );
    const endAs = (end: "complete" | "hidden"): void => {
      resolve(end);
      stop();
    };
    const stopLooking = onceHidden(() => endAs("hidden"));
    signal.addEventListener("abort", () => endAs("complete"), { once: true });
  });
}

function codeOf(extensions: Readonly<Record<string, unknown>> | undefined): string {
  const code = extensions?.["code"];
  return typeof code === "string" ? code : "INTERNAL";
}
