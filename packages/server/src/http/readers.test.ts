import { setTimeout as sleep } from "node:timers/promises";
import { caseCount } from "@ballast/core/testing/case-count";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApi, type TestApi } from "../graphql/testing/test-api.ts";
import { WrittenRun } from "../graphql/testing/written-run.ts";
import { follow, type Got, pauseSockets, resumeSockets, type Transport, TRANSPORTS } from "./following.fixture.ts";

let api: TestApi;
let urls: readonly string[];
let finished: WrittenRun;

beforeAll(async () => {
  api = await openTestApi();
  urls = [api.server.url, (await api.addServer()).server.url];
  finished = await WrittenRun.begin(api.application);
  await finished.write(2_000, 333);
  await finished.finish();
});
afterAll(() => api.close());

function fromOneTo(last: number): number[] {
  return Array.from({ length: last }, (_, index) => index + 1);
}

test("a history that is read in pieces, each cut off anywhere and over any transport, has no gap and nothing twice", async () => {
  const cuts = fc.array(
    fc.record({
      transport: fc.constantFrom(...TRANSPORTS),
      messages: fc.integer({ min: 1, max: 400 }),
      batchSize: fc.integer({ min: 1, max: 300 }),
      server: fc.nat(1),
    }),
    { minLength: 1, maxLength: 12 },
  );
  await fc.assert(
    fc.asyncProperty(cuts, fc.constantFrom(...TRANSPORTS), async (pieces, last) => {
      const seen: number[] = [];
      let after = "";
      for (const { transport, messages, batchSize, server } of [
        ...pieces,
        { transport: last, messages: Infinity, batchSize: 500, server: 0 },
      ]) {
        if (seen.length === finished.position) break;
        let left = messages;
        for await (const got of follow(transport, { url: urls[server] ?? "", run: finished.id, after, batchSize })) {
          seen.push(...got.positions);
          after = got.after;
          if (--left === 0) break;
        }
      }
      // Oracle: positions are the whole numbers from 1 to the head.
      expect(seen).toEqual(fromOneTo(finished.position));
    }),
    { numRuns: caseCount(3, 60) },
  );
});

/** Reads until the reader is ended by the server, and says how. */
async function untilEnded(messages: AsyncIterable<Got>, seen: number[]): Promise<Got> {
  for await (const got of messages) {
    seen.push(...got.positions);
    if (got.end !== undefined) return got;
  }
  throw new Error("the reader was not told why it ended");
}

test.each(TRANSPORTS)(
  "a reader over %s that does not read is ended with READER_TOO_SLOW, and continues at its cursor without a gap",
  async (transport) => {
    const { server } = await api.addServer({ limits: { readerStallMs: 1_000 } });
    const run = await WrittenRun.begin(api.application);
    await run.write(90_000, 30_000);
    await run.finish();
    const options = { url: server.url, run: run.id, batchSize: 500 };
    const seen: number[] = [];
    const slow = follow(transport, { ...options, after: "" });
    const first = (await slow.next()).value as Got;
    seen.push(...first.positions);
    pauseSockets();
    // Nothing of it is read until the server has given it up.
    while (!(await metricsOf(server.url)).includes(`ballast_followers_ended_total{transport="${transport}",reason="READER_TOO_SLOW"} 1`))
      await sleep(100);
    resumeSockets();
    const ended = await untilEnded(slow, seen);
    expect(ended.end).toMatchObject({ code: "READER_TOO_SLOW" });
    expect(seen).toEqual(fromOneTo(seen.length));
    for await (const got of follow(transport, { ...options, after: ended.after })) seen.push(...got.positions);
    expect(seen).toEqual(fromOneTo(run.position));
  },
  120_000,
);

async function metricsOf(url: string): Promise<string> {
  return await (await fetch(`${url}/metrics`)).text();
}

const LIVE: readonly Transport[] = ["event-stream", "graphql-sse", "websocket"];

test.each(LIVE)("a reader over %s of a run that is deleted is told so, with its cursor", async (transport) => {
  const run = await WrittenRun.begin(api.application);
  await run.write(50);
  const messages = follow(transport, { url: api.server.url, run: run.id, after: "", batchSize: 100 });
  const first = (await messages.next()).value as Got;
  await api.application.runs.deleteRun(run.id);
  const ended = await untilEnded(messages, []);
  expect(ended).toMatchObject({ after: first.after, end: { code: "RUN_NOT_FOUND" } });
});

test.each(TRANSPORTS)(
  "a reader over %s that comes to a commit that is missing is told HISTORY_DAMAGED, with the cursor before it",
  async (transport) => {
    const run = await WrittenRun.begin(api.application);
    await run.write(100, 100);
    const intact = run.position;
    await run.write(100, 100);
    await run.write(100, 100);
    await run.finish();
    await api.application.pool.query("delete from commits where run_id = $1 and first_position = $2", [run.logId, intact + 1]);
    const seen: number[] = [];
    const ended = await untilEnded(follow(transport, { url: api.server.url, run: run.id, after: "", batchSize: 30 }), seen);
    expect(ended.end).toMatchObject({ code: "HISTORY_DAMAGED" });
    expect(seen).toEqual(fromOneTo(intact));
    expect(Buffer.from(ended.after, "base64url").toString()).toBe(`${run.id}@${intact}`);
  },
);
