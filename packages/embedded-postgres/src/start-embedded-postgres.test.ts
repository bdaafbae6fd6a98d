import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startEmbeddedPostgres, stopAbandonedPostgres, type EmbeddedPostgres } from "./index.ts";
import { isAlive } from "@ballast/processes";

const fixture = new URL("user-process.fixture.ts", import.meta.url).pathname;

/** One for all tests, since a cluster takes a second to make; each test leaves it stopped. */
let dataFolder: string;
/** Children that a failed test would leave behind. */
let children: number[];

beforeAll(() => {
  dataFolder = mkdtempSync(join(tmpdir(), "ballast-embedded-"));
});

afterAll(() => {
  rmSync(dataFolder, { recursive: true, force: true });
});

beforeEach(() => {
  children = [];
});

afterEach(async () => {
  for (const pid of children.filter(isAlive)) process.kill(pid, "SIGKILL");
  await Promise.all(children.map(untilDead));
  await stopAbandonedPostgres(dataFolder);
});

const start = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dataFolder });

async function query(connectionString: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

async function untilDead(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(5);
}

/** In a process group of its own, as a shell would start it, so that `-pid` signals the whole group. */
async function startUserProcess(behaviour: string) {
  const child = spawn(process.execPath, [fixture, dataFolder, behaviour], {
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const pid = child.pid ?? 0;
  children.push(pid);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const nextNumber = async (): Promise<number> => Number((await lines.next()).value?.split(" ")[1]);
  const postmasterPid = await nextNumber();
  return { child, pid, postmasterPid, nextNumber };
}

/** The shell that waits for the end of a process: its child. */
function guardianOf(pid: number): number {
  const list = execFileSync("ps", ["-e", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  const line = list.find((text) => Number(text.trim().split(/\s+/)[1]) === pid && text.includes("ballast-guardian"));
  return Number.parseInt(line ?? "", 10);
}

describe("an embedded Postgres", () => {
  test("finds its data and its port again at the second start", async () => {
    const first = await start();
    await query(first.connectionString, "CREATE TABLE kept AS SELECT 42 AS value");
    await first.stop();
    const second = await start();
    expect(await query(second.connectionString, "SELECT value FROM kept")).toEqual([{ value: 42 }]);
    expect(second.port).toBe(first.port);
    await second.stop();
  });

  test("is durable unless told otherwise", async () => {
    const durable = await start();
    expect(await query(durable.connectionString, "SHOW fsync")).toEqual([{ fsync: "on" }]);
    await durable.stop();
    const fast = await startEmbeddedPostgres({ dataFolder, durable: false });
    expect(await query(fast.connectionString, "SHOW fsync")).toEqual([{ fsync: "off" }]);
    await fast.stop();
  });

  test("asks for the password over loopback TCP and for none over its private socket", async () => {
    const postgres = await start();
    expect(await query(postgres.loopbackConnectionString, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    const wrong = postgres.loopbackConnectionString.replace(/:[0-9a-f]+@/, ":wrong@");
    // 28P01 is invalid_password in Postgres' table of error codes.
    await expect(query(wrong, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
    await postgres.stop();
  });

  test("is shared by a second user of the folder and stops when the last one leaves", async () => {
    const [first, second] = await Promise.all([start(), start()]);
    expect(second.pid).toBe(first.pid);
    await first.stop();
    expect(await query(second.connectionString, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await second.stop();
    expect(isAlive(first.pid)).toBe(false);
  });

  test("leaves nothing but its data behind", async () => {
    const postgres = await start();
    await postgres.stop();
    expect(readdirSync(dataFolder).toSorted()).toEqual(["cluster.json", "data", "postgres.log", "users"]);
    expect(readdirSync(join(dataFolder, "users"))).toEqual([]);
    expect(readdirSync(dirname(postgres.socketFolder))).not.toContain(postgres.socketFolder.split("/").at(-1));
  });
});

describe("the end of the process that started it", () => {
  test("by SIGKILL stops the server, although no process starts another", async () => {
    const user = await startUserProcess("wait");
    process.kill(user.pid, "SIGKILL");
    await expect.poll(() => isAlive(user.postmasterPid), { timeout: 30_000 }).toBe(false);
  });

  test("by SIGKILL leaves it to those who use it too", async () => {
    const user = await startUserProcess("wait");
    const other = await start();
    expect(other.pid).toBe(user.postmasterPid);
    const guardian = guardianOf(user.pid);
    process.kill(user.pid, "SIGKILL");
    await untilDead(guardian);
    expect(await query(other.connectionString, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await other.stop();
    expect(isAlive(user.postmasterPid)).toBe(false);
  });

  test("by SIGKILL, and of its guardian, leaves a server that the next start replaces, with its data", async () => {
    const user = await startUserProcess("wait");
    process.kill(guardianOf(user.pid), "SIGKILL");
    process.kill(user.pid, "SIGKILL");
    await untilDead(user.pid);
    expect(isAlive(user.postmasterPid)).toBe(true);
    const progress: string[] = [];
    const next = await startEmbeddedPostgres({ dataFolder, onProgress: (message) => progress.push(message) });
    expect(isAlive(user.postmasterPid)).toBe(false);
    expect(progress[0]).toContain(`process ${user.postmasterPid}) that a killed Ballast left behind`);
    expect(await query(next.connectionString, "SELECT current_database() AS name")).toEqual([{ name: "ballast" }]);
    await next.stop();
  });

  test("by SIGKILL removes a temporary folder as well", async () => {
    const user = await startUserProcess("temporary");
    const folder = join(dataFolder, "temporary");
    process.kill(user.pid, "SIGKILL");
    await expect.poll(() => existsSync(folder), { timeout: 30_000 }).toBe(false);
    expect(isAlive(user.postmasterPid)).toBe(false);
  });

  test("by Ctrl-C, which reaches the whole process group, stops the server before the process ends", async () => {
    const user = await startUserProcess("wait");
    const exit = once(user.child, "exit");
    process.kill(-user.pid, "SIGINT");
    expect(await exit).toEqual([null, "SIGINT"]);
    expect(isAlive(user.postmasterPid)).toBe(false);
  });

  test("by Ctrl-C lets a program that handles it use the server until it stops it itself", async () => {
    const user = await startUserProcess("orderly");
    const exit = once(user.child, "exit");
    process.kill(-user.pid, "SIGINT");
    // The fixture asks the server for 6 * 7 after the signal came.
    expect(await user.nextNumber()).toBe(42);
    expect(await exit).toEqual([0, null]);
    expect(isAlive(user.postmasterPid)).toBe(false);
  });

  test.each([
    ["an uncaught error", "crash", 1],
    ["running out of work", "leave", 0],
  ])("by %s stops the server", async (_, behaviour, exitCode) => {
    const user = await startUserProcess(behaviour);
    if (user.child.exitCode === null) await once(user.child, "exit");
    expect(user.child.exitCode).toBe(exitCode);
    await untilDead(user.postmasterPid);
    const { runFolder } = JSON.parse(readFileSync(join(dataFolder, "cluster.json"), "utf8")) as { runFolder: string };
    expect(existsSync(runFolder)).toBe(false);
  });
});

describe("after a crash of Postgres", () => {
  test("the next start recovers what was committed, at the same address", async () => {
    const crashed = await start();
    await query(crashed.connectionString, "CREATE TABLE committed AS SELECT 42 AS value");
    process.kill(crashed.pid, "SIGKILL");
    await untilDead(crashed.pid);
    const next = await start();
    expect(next.connectionString).toBe(crashed.connectionString);
    expect(await query(next.connectionString, "SELECT value FROM committed")).toEqual([{ value: 42 }]);
    await Promise.all([crashed.stop(), next.stop()]);
    expect(isAlive(next.pid)).toBe(false);
  });

  test("a pid file whose number now belongs to another program does not stop the start", async () => {
    const before = await start();
    const pidFile = join(dataFolder, "data", "postmaster.pid");
    const content = readFileSync(pidFile, "utf8");
    await before.stop();
    writeFileSync(pidFile, content.replace(/^\d+/, String(process.pid)), { mode: 0o644 });
    const after = await start();
    expect(isAlive(after.pid)).toBe(true);
    await after.stop();
  });
});

test("a lock whose holder was killed does not stop the next start", async () => {
  // No process has this pid: Linux' largest is 2^22.
  symlinkSync(`${2 ** 22 + 1} 12345`, join(dataFolder, "lock"));
  const postgres = await start();
  expect(isAlive(postgres.pid)).toBe(true);
  await postgres.stop();
});
