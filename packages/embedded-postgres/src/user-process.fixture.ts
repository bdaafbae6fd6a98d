// A process that uses the embedded Postgres, for the tests that end it: user-process.fixture.ts <folder> <behaviour>.
import { writeSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "./index.ts";

const [dataFolder, behaviour] = process.argv.slice(2);
if (dataFolder === undefined) throw new Error("usage: user-process.fixture.ts <data folder> <behaviour>");

const temporary = behaviour === "temporary";
const postgres = await startEmbeddedPostgres({ dataFolder: temporary ? join(dataFolder, "temporary") : dataFolder, temporary });
const keepAlive = setInterval(() => {}, 1000);

if (behaviour === "orderly") process.on("SIGINT", () => void endInOrder());
say("ready", postgres.pid);
if (behaviour === "crash") throw new Error("a fault of the program");
if (behaviour === "leave") clearInterval(keepAlive);

async function endInOrder(): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.connectionString });
  await client.connect();
  const { rows } = await client.query<{ answer: number }>("SELECT 6 * 7 AS answer");
  await client.end();
  say("answer", rows[0]?.answer ?? 0);
  await postgres.stop();
  clearInterval(keepAlive);
}

function say(what: string, value: number): void {
  writeSync(1, `${what} ${value}\n`);
}
