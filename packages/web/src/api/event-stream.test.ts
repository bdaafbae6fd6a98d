import fc from "fast-check";
import { expect, test } from "vitest";
import { readEventStream, type StreamEvent } from "./event-stream.ts";

async function eventsOf(pieces: readonly Uint8Array[]): Promise<StreamEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  const events: StreamEvent[] = [];
  for await (const event of readEventStream(body)) events.push(event);
  return events;
}

const EVENTS = [
  { event: "next", data: '{"data":{"name":"Größe – 𝄞","text":"a\\n\\nb"}}' },
  { event: "next", data: "{}" },
  { event: "complete", data: "" },
];
const BYTES = new TextEncoder().encode(`:\n\n${EVENTS.map(({ event, data }) => `event: ${event}\ndata: ${data}\n\n`).join(":\n\n")}`);

// Oracle: the events that were written.
test("events are the same wherever the network cuts them, between the bytes of a letter, too", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(BYTES.length), { maxLength: 12 }), async (cuts) => {
      const ends = [...new Set([...cuts, BYTES.length])].sort((a, b) => a - b);
      const pieces = ends.map((end, i) => BYTES.subarray(ends[i - 1] ?? 0, end));
      expect(await eventsOf(pieces)).toEqual(EVENTS);
    }),
    { numRuns: 50 },
  );
});

test("an event whose end has not come is none", async () => {
  expect(await eventsOf([BYTES.subarray(0, BYTES.length - 1)])).toEqual(EVENTS.slice(0, -1));
});
