import { expect } from "vitest";
import { parseScenario } from "../../packages/core/src/scenario/index.ts";
import { type Application, startApplication } from "../../packages/server/src/application/index.ts";
import { readConfiguration } from "../../packages/server/src/configuration/index.ts";
import { createHttpServer, type HttpServer } from "../../packages/server/src/http/index.ts";
import { matchPage, PAGE_FOLDER } from "../../packages/web/src/index.ts";
import { pageTest } from "./open-page.ts";

/** Whose accesses come one by one, when a test steps it. */
const SCENARIO = parseScenario({
  name: "stepped",
  description: "One VM that faults at each of its first accesses.",
  host: { framePages: 32 },
  vms: [
    {
      name: "vm",
      configuredPages: 24,
      processes: [{ name: "p", virtualPages: 16, workload: { kind: "cyclic", pages: 16, accesses: 400 } }],
    },
  ],
  policy: "no-reclaim",
});

/** What a browser says of a server that is away or closes. */
const AWAY = /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|status of 503/;

async function openApplication(connectionString: string): Promise<Application> {
  const configuration = readConfiguration({ environment: { DATABASE_URL: connectionString, LOG_LEVEL: "silent" }, folders: [] });
  return await startApplication(configuration, { execute: false });
}

async function serve(application: Application, port: number): Promise<HttpServer> {
  const page = { folder: PAGE_FOLDER, isScreen: (path: string) => matchPage(path) !== undefined };
  return await createHttpServer(application, { host: "127.0.0.1", port, page });
}

// The server of all tests executes the run; a second one, which ends and comes back, shows it.
pageTest("a page survives a restart of its server, says that it is away, and shows what happened meanwhile", async ({ stage, open }) => {
  const application = await openApplication(stage.connectionString);
  let server = await serve(application, 0);
  try {
    const run = await application.runs.startRun({ scenario: SCENARIO, paused: true });
    const opened = await open(`/runs/${run.id}`, { url: server.url });
    const { page, faults } = opened;
    await page.getByText("No event yet").or(page.getByText("paused")).first().waitFor();
    const port = Number(new URL(server.url).port);
    await server.close();
    const banner = page.locator(".shell-banner").getByText("The server does not answer");
    await banner.waitFor();
    await application.runs.stepRun(run.id, 40);
    await expect.poll(async () => (await application.runs.getRun(run.id)).headPosition).toBeGreaterThanOrEqual(40);
    const { headPosition } = await application.runs.getRun(run.id);
    server = await serve(application, port);
    await banner.waitFor({ state: "detached" });
    await page.locator(".facts").getByText(String(headPosition), { exact: true }).waitFor();
    await opened.close();
    // The browser reports refused connections, and what a server that closes refuses; nothing else may have gone wrong.
    faults.splice(0, faults.length, ...faults.filter((fault) => !AWAY.test(fault)));
  } finally {
    await server.close();
    await application.shutdown();
  }
});

// Oracle: the browser's own list of requests.
pageTest("a tab that is not looked at follows nothing, and catches up when it is", async ({ stage, open }) => {
  const application = await openApplication(stage.connectionString);
  try {
    const run = await application.runs.startRun({ scenario: SCENARIO, paused: true });
    const { page } = await open("/");
    let streams = 0;
    const isStream = (headers: Readonly<Record<string, string>>): boolean => /event-stream/.test(headers["accept"] ?? "");
    page.on("request", (request) => (streams += isStream(request.headers()) ? 1 : 0));
    page.on("requestfailed", (request) => (streams -= isStream(request.headers()) ? 1 : 0));
    await page.goto(`${stage.url}/runs/${run.id}`);
    await expect.poll(() => streams).toBe(1);
    const look = async (isHidden: boolean): Promise<void> =>
      await page.evaluate((hidden) => {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, isHidden);
    await look(true);
    await expect.poll(() => streams).toBe(0);
    await application.runs.stepRun(run.id, 40);
    await look(false);
    await expect.poll(() => streams).toBe(1);
    const { headPosition } = await application.runs.getRun(run.id);
    await page.locator(".facts").getByText(String(headPosition), { exact: true }).waitFor();
  } finally {
    await application.shutdown();
  }
});
