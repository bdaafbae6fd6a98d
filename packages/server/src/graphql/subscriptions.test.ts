import { caseCount } from "@ballast/core/testing/case-count";
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Answer, ask } from "./testing/graphql-client.ts";
import { openTestApi, type TestApi } from "./testing/test-api.ts";
import { readEventStream, readSubscription, type StreamMessage } from "./testing/sse-client.ts";
import { WrittenRun } from "./testing/written-run.ts";

const RECONNECTIONS = caseCount(25, 100);
/** Before the first connection: the later ones see what is written meanwhile. */
const WRITTEN = RECONNECTIONS * 5;

let api: TestApi;
let otherUrl: string;

beforeAll(async () => {
  api = await openTestApi();
  otherUrl = (await api.addServer()).server.url;
});
afterAll(() => api.close());

const TAIL = `subscription($run: ID!, $after: String, $batchSize: Int!) {
  events(run: $run, after: $after, batchSize: $batchSize) { nextCursor position events { position } }
}`;

/** Writes small commits until it is told to stop. */
async function keepWriting(run: WrittenRun, until: () => boolean): Promise<void> {
  while (!until()) await run.write(40, 20);
}

function fromOneTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

type Batch = { readonly nextCursor: string; readonly events: readonly { readonly position: string }[] };

test(`${RECONNECTIONS} reconnections over server-sent events, on two servers in turn, miss no event and see none twice`, async () => {
  const run = await WrittenRun.begin(api.application);
  await run.write(WRITTEN, 100);
  let isDone = false;
  const writing = keepWriting(run, () => isDone);
  const seen: number[] = [];
  let after: string | null = null;
  for (let round = 0; round < RECONNECTIONS; round++) {
    const url = round % 2 === 0 ? api.server.url : otherUrl;
    const wanted = 1 + (round % 3);
    let batches = 0;
    for await (const { data } of readSubscription(url, TAIL, { run: run.id, after, batchSize: 7 })) {
      const batch = data.events as Batch;
      seen.push(...batch.events.map(({ position }) => Number(position)));
      after = batch.nextCursor;
      if (++batches === wanted) break;
    }
  }
  isDone = true;
  await writing;
  expect(seen.length).toBeGreaterThan(WRITTEN);
  expect(seen).toEqual(fromOneTo(seen.length));
});

test(`${RECONNECTIONS} reconnections over WebSocket, on two servers in turn, miss no event and see none twice`, async () => {
  const run = await WrittenRun.begin(api.application);
  await run.write(WRITTEN, 100);
  let isDone = false;
  const writing = keepWriting(run, () => isDone);
  const seen: number[] = [];
  let after: string | null = null;
  for (let round = 0; round < RECONNECTIONS; round++) {
    const url = (round % 2 === 0 ? api.server.url : otherUrl).replace("http", "ws");
    const client = createClient({ url: `${url}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
    let batches = 0;
    const results: AsyncIterable<{ data?: unknown }> = client.iterate({
      query: TAIL,
      variables: { run: run.id, after, batchSize: 7 },
    });
    for await (const result of results) {
      const batch: Batch = (result.data as { events: Batch }).events;
      seen.push(...batch.events.map(({ position }) => Number(position)));
      after = batch.nextCursor;
      if (++batches === 1 + (round % 3)) break;
    }
    await client.dispose();
  }
  isDone = true;
  await writing;
  expect(seen.length).toBeGreaterThan(WRITTEN);
  expect(seen).toEqual(fromOneTo(seen.length));
});

test("an event stream that resumes by Last-Event-ID misses nothing, and is told when there is no more", async () => {
  const run = await WrittenRun.begin(api.application);
  let isDone = false;
  const writing = keepWriting(run, () => isDone);
  const seen: number[] = [];
  let lastId = "";
  for (let round = 0; round < 20; round++) {
    const url = `${round % 2 === 0 ? api.server.url : otherUrl}/runs/${run.id}/events`;
    for await (const message of readEventStream(url, lastId === "" ? {} : { "last-event-id": lastId })) {
      seen.push(...(JSON.parse(message.data) as { events: { position: number }[] }).events.map(({ position }) => position));
      lastId = message.id;
      break;
    }
  }
  isDone = true;
  await writing;
  await run.finish();
  for await (const message of readEventStream(`${api.server.url}/runs/${run.id}/events`, { "last-event-id": lastId })) {
    if (message.event === "end") expect(JSON.parse(message.data)).toBe("completed");
    else seen.push(...(JSON.parse(message.data) as { events: { position: number }[] }).events.map(({ position }) => position));
  }
  expect(seen).toEqual(fromOneTo(run.position));
  const again = await fetch(`${api.server.url}/runs/${run.id}/events`, {
    headers: { "last-event-id": String(run.position) },
  });
  // Oracle: the HTML standard: an EventSource does not come back after 204.
  expect(again.status).toBe(204);
});

test("a follower on another server sees every event of a run that is written here, up to its end", async () => {
  const run = await WrittenRun.begin(api.application);
  const seen: number[] = [];
  const following = (async () => {
    for await (const { data } of readSubscription(otherUrl, TAIL, { run: run.id, after: null, batchSize: 1000 })) {
      seen.push(...(data.events as Batch).events.map(({ position }) => Number(position)));
    }
  })();
  await run.write(5_000, 250);
  await run.finish();
  await following;
  expect(seen).toEqual(fromOneTo(run.position));
});

test("a subscriber that does not read holds up neither the run nor the others, and has its place kept", async () => {
  const run = await WrittenRun.begin(api.application);
  const slow = readSubscription(api.server.url, TAIL, { run: run.id, after: null, batchSize: 100 });
  await run.write(100, 50);
  const first = await slow.next();
  const seen: number[] = [];
  const fast = (async () => {
    for await (const { data } of readSubscription(api.server.url, TAIL, {
      run: run.id,
      after: null,
      batchSize: 1000,
    })) {
      seen.push(...(data.events as Batch).events.map(({ position }) => Number(position)));
    }
  })();
  await run.write(60_000, 2_000);
  await run.finish();
  await fast;
  expect(seen).toEqual(fromOneTo(run.position));
  const late: number[] = (first.value as { data: { events: Batch } }).data.events.events.map(({ position }) => Number(position));
  for await (const { data } of slow) late.push(...(data.events as Batch).events.map(({ position }) => Number(position)));
  expect(late).toEqual(fromOneTo(run.position));
});

test("the cursor of a connection, of a subscription and of the event stream is the same, and bound to its run", async () => {
  const run = await WrittenRun.begin(api.application);
  await run.write(50);
  await run.finish();
  const query =
    "query($run: ID!, $after: String) { run(id: $run) { events(first: 10, after: $after) { pageInfo { endCursor } nodes { position } } } }";
  const { data } = await ask(api.server.url, query, { run: run.id });
  const cursor = data.run.events.pageInfo.endCursor as string;
  const subscription = await readSubscription(api.server.url, TAIL, {
    run: run.id,
    after: cursor,
    batchSize: 3,
  }).next();
  expect((subscription.value as { data: { events: Batch } }).data.events.events.map(({ position }) => position)).toEqual([
    "11",
    "12",
    "13",
  ]);
  const stream = await readEventStream(`${api.server.url}/runs/${run.id}/events?after=${cursor}`).next();
  expect((JSON.parse((stream.value as { data: string }).data) as { events: { position: number }[] }).events[0]?.position).toBe(11);
  const other = await WrittenRun.begin(api.application);
  const refused = await ask(api.server.url, query, { run: other.id, after: cursor });
  expect(refused.errors?.[0]?.extensions.code).toBe("CURSOR_INVALID");
});

test("closing the server ends every subscription with the reason and the cursor, over each transport", async () => {
  const { server } = await api.addServer();
  const run = await WrittenRun.begin(api.application);
  await run.write(10);
  const subscription = readSubscription(server.url, TAIL, { run: run.id, after: null, batchSize: 100 });
  const { nextCursor } = ((await subscription.next()).value as { data: { events: Batch } }).data.events;
  const url = `${server.url.replace("http", "ws")}/graphql`;
  const client = createClient({ url, webSocketImpl: WebSocket, retryAttempts: 0, lazy: false, onNonLazyError: () => undefined });
  const socket = client.iterate({ query: TAIL, variables: { run: run.id, after: null, batchSize: 100 } });
  await socket.next();
  const stream = readEventStream(`${server.url}/runs/${run.id}/events`);
  await stream.next();
  const closing = server.close();
  const told = { code: "SERVER_CLOSING", cursor: nextCursor, position: String(run.position) };
  for (const results of [subscription, socket]) {
    const { value } = (await results.next()) as { value: Answer };
    expect(value.errors?.[0]?.extensions).toEqual(told);
    expect((await results.next()).done).toBe(true);
  }
  const { event, data, id } = (await stream.next()).value as StreamMessage;
  expect({ event, id }).toEqual({ event: "interrupted", id: String(run.position) });
  expect(JSON.parse(data)).toMatchObject({ code: "SERVER_CLOSING", nextCursor, position: run.position });
  expect((await stream.next()).done).toBe(true);
  await closing;
  await expect(fetch(`${server.url}/livez`)).rejects.toThrow("fetch failed");
});
