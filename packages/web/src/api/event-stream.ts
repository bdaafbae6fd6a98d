/** An event of a `text/event-stream`: its name, and its data as text. */
export type StreamEvent = { readonly event: string; readonly data: string };

/**
 * The events of an answer that is a `text/event-stream`, as they come. The server ends lines with a line feed and writes
 * each event's data in one line; comments, with which it keeps the connection alive, are left out.
 * @throws what reading the body throws: TypeError where the connection breaks, DOMException AbortError.
 */
export async function* readEventStream(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent, void, undefined> {
  const reader = body.getReader();
  try {
    yield* eventsRead(reader);
  } finally {
    // Of a stream that broke this is refused with the reason, which the caller has already.
    await reader.cancel().catch(() => undefined);
  }
}

async function* eventsRead(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<StreamEvent, void, undefined> {
  const decoder = new TextDecoder();
  let unread = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (unread + decoder.decode(value, { stream: true })).split("\n\n");
    unread = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = fieldOf(block, "event");
      if (event !== undefined) yield { event, data: fieldOf(block, "data") ?? "" };
    }
  }
}

function fieldOf(block: string, name: string): string | undefined {
  const line = block.split("\n").find((each) => each.startsWith(`${name}:`));
  return line?.slice(name.length + 1).trimStart();
}
