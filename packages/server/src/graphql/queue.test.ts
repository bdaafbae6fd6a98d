import { afterAll, beforeAll, expect, test } from "vitest";
import { ask } from "./testing/graphql-client.ts";
import { openTestApi, type TestApi } from "./testing/test-api.ts";

let api: TestApi;

beforeAll(async () => {
  api = await openTestApi();
});
afterAll(async () => await api.close());

const QUEUE = `{ queue { queued running failed throughput { lastMinute lastHour }
  workers { id kind host pid version concurrency runs } } }`;

test("the queue, in GraphQL and in the metrics; oracle: two runs that are started and one worker that is entered by hand", async () => {
  const { application, server } = api;
  const scenario = await application.scenarios.getScenario("tiny");
  const [run, other] = [await application.runs.startRun({ scenario }), await application.runs.startRun({ scenario })];
  const refused = await ask(server.url, `mutation { retryRun(input: { run: "${run.id}" }) { __typename ... on Error { code message } } }`);
  expect(refused.data.retryRun).toMatchObject({ code: "RUN_STATE", message: expect.stringContaining("is queued") as string });

  await application.pool.query(
    "insert into workers (id, kind, host, pid, version, concurrency) values ('far', 'worker', 'elsewhere', 7, '1.2.3', 8)",
  );
  await application.pool.query(
    "update runs set status = 'running', lease_owner = 'far', lease_until = now() + interval '1 minute' where id = $1",
    [run.logId],
  );
  await application.runs.stopRun(other.id);
  const worker = { id: "far", kind: "WORKER", host: "elsewhere", pid: 7, version: "1.2.3", concurrency: 8, runs: [run.id] };
  const expected = { queued: 1, running: 0, failed: 0, throughput: { lastMinute: 1, lastHour: 1 }, workers: [worker] };
  expect((await ask(server.url, QUEUE)).data.queue).toEqual(expected);

  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  expect(metrics).toContain('ballast_queue_runs{state="queued"} 1\nballast_queue_runs{state="running"} 0');
  expect(metrics).toContain('ballast_queue_workers{kind="worker"} 1');
  expect(metrics).toContain('ballast_queue_ended_runs{within="minute"} 1');

  await application.pool.query("update workers set seen_at = now() - interval '1 hour'");
  expect((await ask(server.url, QUEUE)).data.queue.workers).toEqual([]);
});
