#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Node's own default. The variable hands it to the threads that execute runs: without it they compile every module anew. */
process.env["NODE_COMPILE_CACHE"] ??= join(tmpdir(), "node-compile-cache");

// Before anything else is loaded: the second start of a command then takes a fraction of the first one's time.
enableCompileCache(process.env["NODE_COMPILE_CACHE"]);
const { runProcess } = await import("./run-process.ts");
await runProcess();
