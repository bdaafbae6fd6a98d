import { Executor } from "./executor.ts";

/** A server process that does nothing but execute runs: `node executor-process.fixture.ts <database> <lease in ms>`. */
const [connectionString = "", leaseMs = ""] = process.argv.slice(2);
const executor = new Executor({
  connectionString,
  leaseMs: Number(leaseMs),
  workers: 1,
  settings: { checkpointMs: 200, flushMs: 20 },
  onNotice: (notice) => console.error(JSON.stringify(notice)),
});
process.on("SIGTERM", () => {
  void executor.stop().then(() => process.exit(0));
});
process.send?.("ready");
