import { afterAll, beforeAll, expect, test } from "vitest";
import { askByGet, codesOf, send } from "../graphql/testing/graphql-client.ts";
import { openTestApi, type TestApi } from "../graphql/testing/test-api.ts";
import { WrittenRun } from "../graphql/testing/written-run.ts";

let api: TestApi;
let run: WrittenRun;

beforeAll(async () => {
  api = await openTestApi();
  run = await WrittenRun.begin(api.application);
  await run.write(5_000, 1_000);
});
afterAll(() => api.close());

const FOR_EVER = "public, max-age=31536000, immutable";

test("a moment's page is the same to the byte from every server, during the run and after it", async () => {
  const before = await send(`${api.server.url}/runs/${run.id}/at/3000`, {});
  expect([before.status, before.headers.get("cache-control")]).toEqual([200, FOR_EVER]);
  const other = await api.addServer();
  await run.write(5_000, 700);
  const during = await send(`${other.server.url}/runs/${run.id}/at/3000`, {});
  await run.finish();
  const after = await send(`${(await api.addServer()).server.url}/runs/${run.id}/at/3000`, {});
  expect(during.text).toBe(before.text);
  expect(after.text).toBe(before.text);
  const page = JSON.parse(before.text) as { at: { position: string; event: { position: string }; vms: unknown[] } };
  expect([page.at.position, page.at.event.position, page.at.vms.length]).toEqual(["3000", "3000", 3]);
});

test("a moment beyond the head, or at no position at all, is refused and never kept", async () => {
  for (const [place, code] of [
    ["999999", "POSITION_OUT_OF_RANGE"],
    ["-1", "INPUT_INVALID"],
    ["1e3", "INPUT_INVALID"],
  ] as const) {
    const answer = await send(`${api.server.url}/runs/${run.id}/at/${place}`, {});
    expect([answer.status, codesOf(answer), answer.headers.get("cache-control")]).toEqual([400, [code], null]);
  }
});

test("a GET that asks for the past alone may be kept for ever; one that asks how far the run is may not", async () => {
  const going = await WrittenRun.begin(api.application);
  await going.write(1_000);
  const { timeNs } = going.history.machine;
  const cacheOf = async (fields: string): Promise<string | null> => {
    const answer = await askByGet(api.server.url, `query($run: ID!) { run(id: $run) { ${fields} } }`, {
      run: going.id,
    });
    expect(answer.errors).toBeUndefined();
    return answer.headers.get("cache-control");
  };
  for (const fields of [
    "at(at: { position: 500 }) { timeNs host { freePages } }",
    "id scenarioName at(at: { position: 0 }) { vms { name } }",
    `at(at: { timeNs: "${timeNs - 1}" }) { position }`,
    "events(first: 10) { nodes { text } pageInfo { hasNextPage } }",
    "events(first: 1000, filter: { toPosition: 900 }) { nodes { position } }",
    "...past } } fragment past on Run { id ... on Run { diff(from: { position: 1 }, to: { position: 500 }) { changedFrames }",
  ]) {
    expect(await cacheOf(fields), fields).toBe(FOR_EVER);
  }
  for (const fields of [
    "headPosition",
    "at { position }",
    "at(at: { latest: true }) { position }",
    `at(at: { timeNs: "${timeNs}" }) { position }`,
    "events(first: 1000, filter: { fromPosition: 900 }) { nodes { position } }",
    "status at(at: { position: 500 }) { timeNs }",
    "...present } } fragment present on Run { id ... on Run { digest",
  ]) {
    expect(await cacheOf(fields), fields).toBe("no-store");
  }
});

test("with a token in play only the client itself may keep an answer", async () => {
  const { server } = await api.addServer({ token: "correct-horse-battery" });
  const answer = await send(`${server.url}/runs/${run.id}/at/10`, { headers: { authorization: "Bearer correct-horse-battery" } });
  expect(answer.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
});

test("the export has one event per line, from and to included, and lasts if its end is asked for", async () => {
  const answer = await send(`${api.server.url}/runs/${run.id}/events.ndjson?from=1500&to=3200`, {});
  const positions = answer.text
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { position: number }).position);
  expect(positions).toEqual(Array.from({ length: 1701 }, (_, index) => 1500 + index));
  expect(answer.headers.get("cache-control")).toBe(FOR_EVER);
  const beyond = await send(`${api.server.url}/runs/${run.id}/events.ndjson?to=9999999`, {});
  expect(codesOf(beyond)).toEqual(["POSITION_OUT_OF_RANGE"]);
  const going = await WrittenRun.begin(api.application);
  await going.write(10);
  expect((await send(`${api.server.url}/runs/${going.id}/events.ndjson`, {})).headers.get("cache-control")).toBe("no-store");
});

test("an export whose first events are damaged is refused, so that no cache keeps it", async () => {
  const damaged = await WrittenRun.begin(api.application);
  await damaged.write(10);
  await api.application.pool.query(
    "update commits set d_base = d_base + 1 where run_id = (select run_id from run_jobs where public_id = $1)",
    [damaged.id],
  );
  const answer = await send(`${api.server.url}/runs/${damaged.id}/events.ndjson?to=5`, {});
  expect([answer.status, codesOf(answer)]).toEqual([500, ["HISTORY_DAMAGED"]]);
  expect(answer.headers.get("cache-control")).toBe(null);
  expect(answer.text).toContain(damaged.id);
});
