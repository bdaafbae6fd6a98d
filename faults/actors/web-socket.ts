import { once } from "node:events";
import { type Received, WrongAnswer } from "./received.ts";

const SUBSCRIPTION = `subscription ($run: ID!, $after: String) {
  events(run: $run, after: $after, batchSize: 500) { events { position } nextCursor } }`;

type Frame = { readonly type: string; readonly payload?: unknown };
type Next = {
  readonly data?: { readonly events: { readonly events: readonly { position: string }[]; readonly nextCursor: string } } | null;
  readonly errors?: readonly { message: string; extensions?: { code?: string } }[];
};

/** The subscription `events` by the protocol graphql-transport-ws, over the WebSocket that Node brings. */
export async function* readWebSocket(
  url: string,
  run: string,
  cursor: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<Received, void, void> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  const close = (): void => socket.close();
  signal.addEventListener("abort", close, { once: true });
  try {
    const frames = framesOf(socket);
    await once(socket, "open");
    socket.send(JSON.stringify({ type: "connection_init" }));
    for await (const frame of frames) {
      if (frame.type === "connection_ack")
        socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: SUBSCRIPTION, variables: { run, after: cursor } } }));
      if (frame.type === "ping") socket.send(JSON.stringify({ type: "pong" }));
      if (frame.type === "complete") return yield null;
      if (frame.type === "error") throw refusal(frame.payload as Next["errors"]);
      if (frame.type === "next") yield receivedOf(frame.payload as Next);
    }
  } finally {
    signal.removeEventListener("abort", close);
    socket.close();
  }
}

function receivedOf({ data, errors }: Next): Received {
  if (data === undefined || data === null) throw refusal(errors);
  const { events, nextCursor } = data.events;
  return { positions: events.map(({ position }) => Number(position)), lines: [], cursor: nextCursor };
}

function refusal(errors: Next["errors"] = []): Error {
  const told = errors.map(({ message, extensions }) => `${extensions?.code}: ${message}`).join("; ");
  const isPassing = /DATABASE_|SERVER_CLOSING|TIMED_OUT|READER_|TOO_SLOW|TOO_MANY/.test(told);
  return isPassing ? new Error(told) : new WrongAnswer(`a subscription ended with ${told}`);
}

/** The messages as they come; ends when the socket closes. */
async function* framesOf(socket: WebSocket): AsyncGenerator<Frame, void, void> {
  const waiting: (Frame | undefined)[] = [];
  let wake: (() => void) | undefined;
  const push = (frame: Frame | undefined): void => {
    waiting.push(frame);
    wake?.();
  };
  socket.addEventListener("message", ({ data }) => push(JSON.parse(String(data)) as Frame));
  socket.addEventListener("close", () => push(undefined));
  socket.addEventListener("error", () => push(undefined));
  for (;;) {
    while (waiting.length > 0) {
      const frame = waiting.shift();
      if (frame === undefined) return;
      yield frame;
    }
    await new Promise<void>((resolve) => (wake = resolve));
  }
}
