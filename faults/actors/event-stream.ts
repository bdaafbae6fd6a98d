import { type Received, WrongAnswer } from "./received.ts";

type Message = { readonly events: readonly { readonly position: number }[]; readonly nextCursor: string };

/** The run's server-sent events behind a cursor, as `EventSource` asks for them. */
export async function* readEventMessages(
  url: string,
  run: string,
  cursor: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<Received, void, void> {
  const headers = cursor === undefined ? undefined : { "last-event-id": cursor };
  const response = await fetch(`${url}/runs/${run}/events`, { signal, ...(headers === undefined ? {} : { headers }) });
  if (response.status === 204) return yield null;
  if (response.status !== 200) throw await refusal(response);
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of response.body ?? []) {
    const blocks = (rest + decoder.decode(bytes, { stream: true })).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const received = receivedOf(block);
      if (received !== undefined) yield received;
    }
  }
}

async function refusal(response: Response): Promise<Error> {
  const text = await response.text();
  const isPassing = response.status === 503 || response.status === 429;
  return isPassing ? new Error(text) : new WrongAnswer(`a reader was answered ${response.status}: ${text.slice(0, 300)}`);
}

/** Undefined for a comment; other events than those of the run (why a reader is ended) end the connection by themselves. */
function receivedOf(block: string): Received | undefined {
  const field = (name: string): string | undefined => new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1];
  const event = field("event");
  if (event === "end") return null;
  if (event !== "events") return undefined;
  const { events } = JSON.parse(field("data") ?? "") as Message;
  const cursor = field("id") ?? "";
  if (Number(cursor) !== events.at(-1)?.position)
    throw new WrongAnswer(`a message with id ${cursor} ends with position ${events.at(-1)?.position}`);
  return { positions: events.map(({ position }) => position), lines: events.map((one) => JSON.stringify(one)), cursor };
}
