import { parentPort, workerData } from "node:worker_threads";
import type { WorkerSetup } from "../executor/messages.ts";
import { serveWorker } from "./serve-worker.ts";

if (parentPort === null) throw new Error("this file is the entry of a worker thread");
serveWorker(parentPort, workerData as WorkerSetup);
