import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Application, startApplication } from "../application/index.ts";
import { readConfiguration } from "../configuration/index.ts";
import { createHttpServer, type HttpServer } from "../http/index.ts";
import { isFinal } from "../runs/index.ts";
import { createTestDatabase, type TestDatabase } from "../testing/index.ts";
import { ask } from "./testing/graphql-client.ts";
import { refreshAnswers } from "./testing/refresh-answers.ts";

const DOCUMENT = new URL("../../../../docs/graphql.md", import.meta.url);

let database: TestDatabase;
let application: Application;
let server: HttpServer;

beforeAll(async () => {
  database = await createTestDatabase();
  const configuration = readConfiguration({ environment: { DATABASE_URL: database.connectionString }, folders: [] });
  application = await startApplication(configuration, { execute: true });
  server = await createHttpServer(application, { host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.close();
  await application.shutdown();
  await database.drop();
});

test("every query of docs/graphql.md has the answer that stands there; `vitest run documented --update` writes them", async () => {
  // The first run that is started, and a later one.
  let [run, other] = ["", ""];
  const refreshed = await refreshAnswers(readFileSync(DOCUMENT, "utf8"), async (query) => {
    const { data, errors } = await ask(server.url, query, {
      ...(query.includes("$run") ? { run } : {}),
      ...(query.includes("$other") ? { other } : {}),
    });
    const started = (data as { startRun?: { run?: { id: string } } } | undefined)?.startRun?.run?.id;
    if (started !== undefined && run !== "") other = started;
    else run = started ?? run;
    const shown = JSON.stringify(errors === undefined ? { data } : { errors, data })
      .replaceAll(run === "" ? "no run yet" : run, "<run>")
      .replaceAll(other === "" ? "no other run yet" : other, "<other>");
    if (started !== undefined) await untilFinal(started);
    return JSON.parse(shown.replaceAll(/"(nextCursor|endCursor)":"[^"]+"/g, '"$1":"<cursor>"')) as unknown;
  });
  await expect(refreshed).toMatchFileSnapshot(DOCUMENT.pathname);
});

async function untilFinal(id: string): Promise<void> {
  const { status } = await application.runs.watchRun(id).wait(Number.MAX_SAFE_INTEGER, AbortSignal.timeout(60_000));
  expect(isFinal(status)).toBe(true);
}
