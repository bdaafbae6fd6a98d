import { setTimeout as sleep } from "node:timers/promises";
import { startApplication } from "../../packages/server/src/application/index.ts";
import { readConfiguration } from "../../packages/server/src/configuration/index.ts";
import { createHttpServer } from "../../packages/server/src/http/index.ts";
import { LoopWatch } from "./loop-holds.ts";
import { busyScenario } from "./busy-scenario.ts";
import type { FromServer, ToServer } from "./messages.ts";

/** The server that is measured, with its executor, as `ballast serve` has them. */
const environment = { BALLAST_DATA_FOLDER: process.argv[2] ?? "", PORT: "0" };
const application = await startApplication(readConfiguration({ environment, folders: [] }), { execute: true });
const server = await createHttpServer(application, { host: "127.0.0.1", port: 0 });
const { runs } = application;
// What is compiled and checked at the first request of a kind is not what is measured.
for (let round = 0; round < 20; round++) await (await fetch(`${server.url}/graphql?query={runs{nodes{id}}}`)).text();
let run = "";
let watch: LoopWatch | undefined;

process.on("message", (order: ToServer) => void carryOut(order).then((answer) => process.send?.(answer)));
process.on("disconnect", () => void stop().then(() => process.exit(1)));
process.send?.({ kind: "ready", url: server.url } satisfies FromServer);

async function carryOut(order: ToServer): Promise<FromServer> {
  switch (order) {
    case "start":
      run = (await runs.startRun({ scenario: busyScenario() })).id;
      while ((await runs.getRun(run)).headPosition === 0) await sleep(20);
      watch = new LoopWatch();
      return { kind: "started", run };
    case "report":
      // A message may be read before the timer that notices the hold which delayed it.
      await sleep(100);
      return { kind: "report", written: (await runs.getRun(run)).headPosition, holds: (watch ?? new LoopWatch()).report() };
    case "stop":
      await stop();
      return { kind: "stopped" };
  }
}

async function stop(): Promise<void> {
  await server.close();
  await application.shutdown();
}
