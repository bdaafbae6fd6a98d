import { parentPort } from "node:worker_threads";
import { assert } from "@ballast/core/assert";
import { reportPage } from "./page.ts";
import type { Report } from "./report.ts";

const port = parentPort;
assert(port !== null, "this file is the entry of a worker thread");
port.on("message", (report: Report) => port.postMessage(reportPage(report)));
