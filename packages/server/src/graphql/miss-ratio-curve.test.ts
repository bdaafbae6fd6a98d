import { once } from "node:events";
import type { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importTrace } from "../traces/index.ts";
import { ask } from "./testing/graphql-client.ts";
import { openTestApi, type TestApi } from "./testing/test-api.ts";

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
  await keep("textbook", "7 0 1 2 0 3 0 4 2 3 0 3 2 1 2 0 1 7 0 1".replaceAll(" ", "\n"));
  await keep("wide", Array.from({ length: 3000 }, (_, at) => (at * at) % 997).join("\n"));
});

afterAll(async () => {
  await api.close();
});

async function keep(name: string, text: string): Promise<void> {
  const bytes = (async function* () {
    yield Buffer.from(text);
  })();
  await importTrace({ pool: api.application.pool, source: { file: `${name}.pages`, bytes }, name });
}

const CURVES = "referenceCount pageCount notes curves { policy points { frames misses missRatio } }";

describe("missRatioCurve", () => {
  // Oracle: the usual textbooks.
  test("counts the misses of a trace that is kept", async () => {
    const policies = '["fifo", "lru", "opt", "clock", "clock:referenceBitOnLoad=clear"]';
    const { data, errors } = await ask(
      api.server.url,
      `{ missRatioCurve(trace: "textbook", policies: ${policies}, sizes: ["3"]) { ${CURVES} shards { rate } } }`,
    );
    expect(errors).toBeUndefined();
    expect(data.missRatioCurve).toMatchObject({ referenceCount: "20", pageCount: 6, notes: [], shards: null });
    const point = (misses: number) => [{ frames: 3, misses: String(misses), missRatio: misses / 20 }];
    expect(data.missRatioCurve.curves).toEqual([
      { policy: "fifo", points: point(15) },
      { policy: "lru", points: point(12) },
      { policy: "opt", points: point(9) },
      { policy: "clock", points: point(14) },
      { policy: "clock:referenceBitOnLoad=clear", points: point(11) },
    ]);
  });

  // Oracle: L. Belady, IBM Systems Journal 5(2), 1966: MIN alone needs the references to come.
  test("takes each of the algorithms that are listed, of which opt alone looks ahead", async () => {
    const { data } = await ask(api.server.url, "{ replacementAlgorithms { name title looksAhead parameters { name words } } }");
    const listed = data.replacementAlgorithms as readonly { readonly name: string; readonly looksAhead: boolean }[];
    expect(listed.filter(({ looksAhead }) => looksAhead).map(({ name }) => name)).toEqual(["opt"]);
    expect(listed.find(({ name }) => name === "clock")).toMatchObject({
      parameters: [{ name: "referenceBitOnLoad", words: ["set", "clear"] }],
    });
    const policies = JSON.stringify(listed.map(({ name }) => name));
    const counted = await ask(
      api.server.url,
      `{ missRatioCurve(trace: "textbook", policies: ${policies}, sizes: ["3"]) { curves { policy } } }`,
    );
    expect(counted.data.missRatioCurve.curves).toEqual(listed.map(({ name }) => ({ policy: name })));
  });

  test("chooses sizes up to all pages, and samples as it is asked to", async () => {
    const { data } = await ask(
      api.server.url,
      `{ missRatioCurve(trace: "wide", policies: ["lru"], shards: 0.5) { ${CURVES} shards { rate sampledPages meanAbsoluteError points { frames error } } } }`,
    );
    const { pageCount, curves, shards, notes } = data.missRatioCurve;
    const frames = curves[0].points.map((point: { frames: number }) => point.frames);
    expect([frames[0], frames.at(-1)]).toEqual([1, pageCount]);
    expect(shards.points.map((point: { frames: number }) => point.frames)).toEqual(frames);
    expect(shards).toMatchObject({ rate: 0.5 });
    expect(shards.sampledPages).toBeLessThan(pageCount);
    expect(notes).toEqual([`lru: ${frames.length} sizes from 1 to ${pageCount} frames, in equal ratios.`]);
  });

  test.each([
    ['trace: "nowhere"', "TRACE_NOT_FOUND", /no trace named "nowhere"/],
    ['trace: "textbook", policies: ["mru"]', "INPUT_INVALID", /no replacement algorithm "mru"/],
    ['trace: "textbook", policies: []', "INPUT_INVALID", /no replacement algorithm ""/],
    ['trace: "textbook", sizes: ["0"]', "INPUT_INVALID", /0 is not a size/],
    ['trace: "textbook", sizes: []', "INPUT_INVALID", /"" is not a size/],
    ['trace: "textbook", sizes: ["1%"]', "INPUT_INVALID", /less than one frame/],
    ['trace: "textbook", shards: 2', "INPUT_INVALID", /above 0, up to 1, not 2/],
    ['trace: "textbook", seed: "-1"', "INPUT_INVALID", /from 0 on, not -1/],
    [
      `trace: "textbook", sizes: [${Array.from({ length: 70 }, (_, index) => `"${index + 1}"`).join(",")}]`,
      "INPUT_INVALID",
      /3 algorithms with 70 sizes each are 210 countings; the limit is 200/,
    ],
  ])("is refused with %s", async (args, code, message) => {
    const { data, errors } = await ask(api.server.url, `{ missRatioCurve(${args}) { pageCount } }`);
    expect(data).toEqual({ missRatioCurve: null });
    expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(message), extensions: { code } });
  });

  /** Oracle: the thread that counts, as Node's process tells of it. Left alone it would count for seconds, and say when it is done. */
  test("ends its thread when the client leaves in the middle, and the next request has its turn", async () => {
    await keep("long", Array.from({ length: 150_000 }, (_, at) => (at * at) % 9973).join("\n"));
    const sizes = Array.from({ length: 200 }, (_, index) => `"${index + 1}"`).join(",");
    const client = new AbortController();
    const started = once(process, "worker") as Promise<[Worker]>;
    const query = `{ missRatioCurve(trace: "long", policies: ["lfu"], sizes: [${sizes}]) { pageCount } }`;
    const headers = { "content-type": "application/json" };
    const left = fetch(`${api.server.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }), signal: client.signal });
    const [worker] = await started;
    const said: unknown[] = [];
    worker.on("message", ({ kind }: { readonly kind: string }) => said.push(kind));
    await once(worker, "online");
    const ended = once(worker, "exit");
    client.abort();
    await expect(left).rejects.toMatchObject({ name: "AbortError" });
    await ended;
    expect(said).not.toContain("done");
    const { data } = await ask(api.server.url, '{ missRatioCurve(trace: "textbook", policies: ["lru"], sizes: ["3"]) { pageCount } }');
    expect(data).toEqual({ missRatioCurve: { pageCount: 6 } });
  });

  test("costs so much that a document cannot ask for many", async () => {
    const fields = Array.from({ length: 11 }, (_, index) => `c${index}: missRatioCurve(trace: "textbook") { pageCount }`);
    const { errors } = await ask(api.server.url, `{ ${fields.join(" ")} }`);
    expect(errors?.[0]?.message).toMatch(/the limit is 50000/);
  });
});
