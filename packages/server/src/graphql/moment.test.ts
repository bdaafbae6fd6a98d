import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, codesOf } from "./testing/graphql-client.ts";
import { openTestApi, type TestApi } from "./testing/test-api.ts";
import { WrittenRun } from "./testing/written-run.ts";

let api: TestApi;
let run: WrittenRun;

beforeAll(async () => {
  api = await openTestApi();
  run = await WrittenRun.begin(api.application);
  await run.write(20_000, 4_096);
});
afterAll(() => api.close());

const HOST = `position timeNs host { framePages freePages overheadPages swapUsedPages memoryState }
  vms { vm name residentPages swappedPages balloonSizePages counters { guestMinorFaults } }`;

test("a moment is the state that the events up to its position make", async () => {
  const { data, errors } = await ask(api.server.url, `query($run: ID!) { run(id: $run) { at { ${HOST} } } }`, { run: run.id });
  expect(errors).toBeUndefined();
  // Oracle: the tables of the writer, which applied the same events itself.
  const { frames, vms, timeNs, position } = run.history.machine;
  expect(data.run.at).toMatchObject({
    position: String(position),
    timeNs: String(timeNs),
    host: { framePages: frames.count, freePages: frames.freePages, overheadPages: frames.overheadPages },
    vms: vms.map((vm) => ({ vm: vm.vm, name: `vm-${vm.vm}`, residentPages: vm.residentPages, swappedPages: vm.swappedPages })),
  });
});

test("a position past the end or below zero, and a time after the head, say what there is", async () => {
  const query = "query($run: ID!, $at: At!) { run(id: $run) { at(at: $at) { position } } }";
  for (const at of [{ position: run.position + 1 }, { position: -1 }, { timeNs: "9007199254740991" }]) {
    const answer = await ask(api.server.url, query, { run: run.id, at });
    expect(codesOf(answer)).toEqual(["POSITION_OUT_OF_RANGE"]);
    expect(answer.errors?.[0]?.message).toMatch(/history goes from 0 to \d+/);
  }
});
