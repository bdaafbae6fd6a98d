// What a guardian does once its process is gone: guardian-main.ts <data folder> <identity of the process> <temporary|kept>.
import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { hasEnded } from "@ballast/processes";
import { stopAbandonedPostgres } from "./start-embedded-postgres.ts";

const [dataFolder = "", identity = "", lifetime = ""] = process.argv.slice(2);
const POLL_MS = 5;
/** The pipe of a process that is ending closes shortly before the process is gone. */
const END_PATIENCE_MS = 10_000;

const deadline = performance.now() + END_PATIENCE_MS;
while (!hasEnded(identity) && performance.now() < deadline) await sleep(POLL_MS);
const isFree = await stopAbandonedPostgres(dataFolder);
if (isFree && lifetime === "temporary") rmSync(dataFolder, { recursive: true, force: true });
