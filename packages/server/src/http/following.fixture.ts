import { get, type IncomingMessage } from "node:http";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { readSubscription } from "../graphql/testing/sse-client.ts";

export const TRANSPORTS = ["event-stream", "export", "graphql-sse", "websocket"] as const;
export type Transport = (typeof TRANSPORTS)[number];

const TAIL = `subscription($run: ID!, $after: String, $batchSize: Int!) {
  events(run: $run, after: $after, batchSize: $batchSize) { nextCursor events { position sentence text } }
}`;

/** Some events that a reader got, and where it can continue; or how it was ended. */
export type Got = { readonly positions: readonly number[]; readonly after: string; readonly end?: object };

export type Follow = { readonly url: string; readonly run: string; readonly after: string; readonly batchSize: number };

/** Follows a run, message by message, over one of the transports; leaving the loop breaks the connection. */
export async function* follow(transport: Transport, options: Follow): AsyncGenerator<Got, void, void> {
  if (transport === "event-stream") yield* followStream(options);
  else if (transport === "export") yield* followExport(options);
  else if (transport === "graphql-sse") yield* results(readSubscription(options.url, TAIL, variablesOf(options)), options.after);
  else yield* followSocket(options);
}

function variablesOf({ run, after, batchSize }: Follow): object {
  return { run, after: after === "" ? null : after, batchSize };
}

async function* followStream({ url, run, after }: Follow): AsyncGenerator<Got, void, void> {
  for await (const block of parts(`${url}/runs/${run}/events?after=${after}`, "\n\n")) {
    const data = /^data: (.*)$/m.exec(block)?.[1];
    if (data === undefined) continue;
    if (block.startsWith("event: end")) return;
    const message = JSON.parse(data) as { events?: { position: number }[]; nextCursor: string };
    if (message.events === undefined) yield { positions: [], after: message.nextCursor, end: message };
    else yield { positions: message.events.map(({ position }) => position), after: message.nextCursor };
  }
}

/** The export takes positions, and its lines are its messages. */
async function* followExport({ url, run, after }: Follow): AsyncGenerator<Got, void, void> {
  const from = Number(Buffer.from(after, "base64url").toString().split("@")[1] ?? 0) + 1;
  for await (const line of parts(`${url}/runs/${run}/events.ndjson?from=${from}`, "\n")) {
    const read = JSON.parse(line) as { position: number; interrupted?: { nextCursor: string } };
    if (read.interrupted !== undefined) yield { positions: [], after: read.interrupted.nextCursor, end: read.interrupted };
    else yield { positions: [read.position], after: Buffer.from(`${run}@${read.position}`).toString("base64url") };
  }
}

/** The parts of an answer between separators; what is behind the last one was cut off, and is no part. */
async function* parts(url: string, separator: string): AsyncGenerator<string, void, void> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => get(url, resolve).on("error", reject));
  let rest = "";
  try {
    for await (const bytes of response.setEncoding("utf8")) {
      const found = (rest + String(bytes)).split(separator);
      rest = found.pop() ?? "";
      yield* found;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ECONNRESET") throw error;
  } finally {
    response.destroy();
  }
}

const sockets = new Set<WebSocket>();

/** graphql-ws reads whatever comes: a client that does not read is one whose socket is paused. */
class KnownSocket extends WebSocket {
  constructor(...values: ConstructorParameters<typeof WebSocket>) {
    super(...values);
    sockets.add(this);
    this.once("close", () => sockets.delete(this));
  }
}

export function pauseSockets(): void {
  for (const socket of sockets) socket.pause();
}

export function resumeSockets(): void {
  for (const socket of sockets) socket.resume();
}

async function* followSocket(options: Follow): AsyncGenerator<Got, void, void> {
  const client = createClient({ url: `${options.url.replace("http", "ws")}/graphql`, webSocketImpl: KnownSocket, retryAttempts: 0 });
  try {
    yield* results(
      client.iterate({ query: TAIL, variables: variablesOf(options) as Record<string, unknown> }) as AsyncIterable<object>,
      options.after,
    );
  } finally {
    await client.dispose();
  }
}

type Result = {
  readonly data?: { readonly events: { readonly nextCursor: string; readonly events: readonly { readonly position: string }[] } } | null;
  readonly errors?: readonly { readonly extensions: { readonly cursor: string } }[];
};

async function* results(source: AsyncIterable<object>, after: string): AsyncGenerator<Got, void, void> {
  for await (const result of source as AsyncIterable<Result>) {
    const [error] = result.errors ?? [];
    if (error !== undefined) yield { positions: [], after: error.extensions.cursor ?? after, end: error.extensions };
    else if (result.data != null) {
      const { nextCursor, events } = result.data.events;
      yield { positions: events.map(({ position }) => Number(position)), after: nextCursor };
    }
  }
}
