import { createHttpServer, type HttpServer } from "../../packages/server/src/http/index.ts";
import { type Application, ensureBuiltInTraces, startApplication } from "../../packages/server/src/application/index.ts";
import { readConfiguration } from "../../packages/server/src/configuration/index.ts";
import { matchPage, PAGE_FOLDER } from "../../packages/web/src/index.ts";
import { type BrowserServer, chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { createDatabase } from "../../packages/server/src/testing/create-database.ts";
import "../../packages/server/src/testing/database-for-run.ts";
import { buildPage } from "./build-page.ts";
import { findChromium } from "./find-chromium.ts";
import { makeRuns, type StageRuns } from "./stage-runs.ts";

/** What the tests of the page share: a server with runs, and a browser. */
export type Stage = { readonly url: string; readonly browser: string; readonly connectionString: string; readonly runs: StageRuns };

declare module "vitest" {
  interface ProvidedContext {
    /** Null: no Chromium on this machine. */
    stage: Stage | null;
  }
}

const CHROMIUM_OPTIONS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--force-device-scale-factor=1",
  "--font-render-hinting=none",
];

/** Of the recordings in the repository, those that the sample replays and those that tests draw curves of: each takes half a second or more. */
const TRACES = { ofSample: ["sort"], ofCurves: ["true", "awk"] };

let stop: (() => Promise<void>) | undefined;

/** vitest calls this once, before the first test of the page. */
export async function setup(project: TestProject): Promise<void> {
  const executablePath = findChromium(process.env);
  if (executablePath === undefined) {
    console.error("The tests of the page are skipped: there is no Chromium on PATH, and CHROMIUM names none.");
    return project.provide("stage", null);
  }
  buildPage();
  const databases = await globalThis.testDatabases?.shared;
  if (databases === undefined) throw new Error("the databases of the test run must be set up first");
  const database = await createDatabase(databases.owner.databases);
  const configuration = readConfiguration({ environment: { DATABASE_URL: database.connectionString, LOG_LEVEL: "error" }, folders: [] });
  const application = await startApplication(configuration, { execute: true });
  const [server, browser] = await Promise.all([serve(application), chromium.launchServer({ executablePath, args: CHROMIUM_OPTIONS })]);
  stop = () => stopAll(browser, server, application).then(() => database.drop());
  await importTraces(application, TRACES.ofSample);
  const [runs] = await Promise.all([makeRuns(application), importTraces(application, TRACES.ofCurves)]);
  project.provide("stage", { url: server.url, browser: browser.wsEndpoint(), connectionString: database.connectionString, runs });
}

async function importTraces({ pool }: Application, names: readonly string[]): Promise<void> {
  await ensureBuiltInTraces(pool, { names, onProgress: () => undefined });
}

export async function teardown(): Promise<void> {
  await stop?.();
}

async function serve(application: Application): Promise<HttpServer> {
  const page = { folder: PAGE_FOLDER, isScreen: (path: string) => matchPage(path) !== undefined };
  return await createHttpServer(application, { host: "127.0.0.1", port: 0, page });
}

async function stopAll(browser: BrowserServer, server: HttpServer, application: Application): Promise<void> {
  await browser.close();
  await server.close();
  await application.shutdown();
}
