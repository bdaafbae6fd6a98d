import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium } from "playwright-core";
import { parseScenario } from "../../packages/core/src/scenario/index.ts";
import { startEmbeddedPostgres } from "../../packages/embedded-postgres/src/index.ts";
import { type Application, ensureBuiltInTraces, startApplication } from "../../packages/server/src/application/index.ts";
import { readConfiguration } from "../../packages/server/src/configuration/index.ts";
import { createHttpServer } from "../../packages/server/src/http/index.ts";
import { storeHistory } from "../../packages/server/src/testing/store-history.ts";
import { SyntheticHistory } from "../../packages/server/src/testing/synthetic-history.ts";
import { matchPage, PAGE_FOLDER } from "../../packages/web/src/index.ts";
import { isQuick } from "../measuring/report.ts";

/** A server that shows the page, with one run, and a browser. */
export type Stage = {
  readonly url: string;
  readonly run: string;
  readonly head: number;
  readonly browser: Browser;
  close(): Promise<void>;
};

export type StageRun = "sample" | "large";

/** Of the large host: all frames are given out before `from`, and then pages are touched, stolen, swapped and ballooned. */
export const LARGE = isQuick ? { frames: 5_000, from: 20_000, events: 70_000 } : { frames: 1_048_576, from: 2_200_000, events: 2_700_000 };
const VMS = 8;

const CHROMIUM_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-device-scale-factor=1"];

export async function openStage(executablePath: string, kind: StageRun, pageFolder: URL = PAGE_FOLDER): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), "ballast-bench-"));
  const postgres = await startEmbeddedPostgres({ dataFolder: folder, durable: false });
  const environment = { DATABASE_URL: postgres.connectionString, LOG_LEVEL: "error" };
  const application = await startApplication(readConfiguration({ environment, folders: [] }), { execute: kind === "sample" });
  const run = await (kind === "sample" ? makeSample(application) : makeLarge(application));
  const page = { folder: pageFolder, isScreen: (path: string) => matchPage(path) !== undefined };
  const server = await createHttpServer(application, { host: "127.0.0.1", port: 0, page });
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_OPTIONS });
  const close = async (): Promise<void> => {
    await browser.close();
    await server.close();
    await application.shutdown();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: server.url, run, head: (await application.runs.getRun(run)).headPosition, browser, close };
}

async function makeSample({ pool, runs, scenarios }: Application): Promise<string> {
  await ensureBuiltInTraces(pool, { onProgress: () => undefined, signal: new AbortController().signal });
  const { id } = await runs.startRun({ scenario: await scenarios.getScenario("sample") });
  for (;;) {
    const { status } = await runs.getRun(id);
    if (status === "completed") return id;
    if (status === "failed" || status === "stopped") throw new Error(`the sample is ${status}`);
    await sleep(100);
  }
}

/** Its events are made up, as many as its scenario would take hours for. */
async function makeLarge({ pool, runs }: Application): Promise<string> {
  const { id, logId } = await runs.startRun({ scenario: largeScenario() });
  const history = new SyntheticHistory({ seed: 1, framePages: LARGE.frames, vms: VMS, filledFrames: LARGE.frames });
  await storeHistory(pool, history, { untilPosition: LARGE.events, eventsPerCommit: 61_440, run: logId });
  await pool.query("update runs set status = 'completed' where id = $1", [logId]);
  return id;
}

function largeScenario() {
  return parseScenario({
    name: "large",
    description: "Eight VMs on a large host.",
    host: { framePages: LARGE.frames },
    vms: [
      {
        name: "vm",
        count: VMS,
        configuredPages: LARGE.frames / VMS,
        processes: [{ name: "p", virtualPages: 1_024, workload: { kind: "interactive" } }],
      },
    ],
    policy: "idle-steal",
  });
}
