import { afterAll, beforeAll, expect, test } from "vitest";
import { codesOf, send } from "../../graphql/testing/graphql-client.ts";
import { testScenario } from "../../graphql/testing/open-application.ts";
import { openTestApi, type TestApi } from "../../graphql/testing/test-api.ts";

let api: TestApi;
let experiment: string;

beforeAll(async () => {
  // What draws reports is the command line's; that it hands it over is tested there.
  const page = (what: string): Promise<string> => Promise.resolve(`<!doctype html><title>${what}</title>`);
  api = await openTestApi({ reports: { experiment: ({ id }) => page(`experiment ${id}`), run: ({ id }) => page(`run ${id}`) } });
  const begun = await api.application.experiments.startExperiment({
    scenario: testScenario,
    variants: [{ policy: "silent" }],
    seeds: [3, 5],
    uncommitted: false,
  });
  experiment = begun.id;
});
afterAll(() => api.close());

test("the report of an experiment is shown by a browser once all of its runs have ended, and can do nothing there", async () => {
  const address = `${api.server.url}/experiments/${experiment}/report.html`;
  const running = await send(address, {});
  expect([running.status, codesOf(running)]).toEqual([409, ["RUN_STATE"]]);
  expect(running.errors?.[0]?.message).toMatch(/still running, with 0 of its 2 runs ended/);
  await api.application.pool.query("update runs set status = 'stopped'");
  const report = await send(address, { headers: { accept: "text/html" } });
  expect([report.status, report.text]).toEqual([200, `<!doctype html><title>experiment ${experiment}</title>`]);
  expect(Object.fromEntries(report.headers)).toMatchObject({
    "content-type": "text/html; charset=utf-8",
    "content-disposition": `inline; filename="tiny-comparison-${experiment.slice(0, 8)}-report.html"`,
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "cache-control": "no-store",
  });
});

test("a run has one, too; what is unknown, or not drawn by this server, says so", async () => {
  const run = await api.application.runs.startRun({ scenario: testScenario });
  const report = `/runs/${run.id}/report.html`;
  expect((await send(`${api.server.url}${report}`, {})).text).toBe(`<!doctype html><title>run ${run.id}</title>`);
  const refused = async (url: string): Promise<unknown> => {
    const answer = await send(url, {});
    return [answer.status, ...codesOf(answer)];
  };
  expect(await refused(`${api.server.url}/experiments/none/report.html`)).toEqual([404, "EXPERIMENT_NOT_FOUND"]);
  expect(await refused(`${api.server.url}/runs/none/report.html`)).toEqual([404, "RUN_NOT_FOUND"]);
  expect(await refused(`${api.server.url}${report}?long=1`)).toEqual([400, "INPUT_INVALID"]);
  const { server } = await api.addServer();
  expect(await refused(`${server.url}${report}`)).toEqual([404, "NOT_FOUND"]);
});
