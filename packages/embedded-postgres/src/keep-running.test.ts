import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isAlive } from "@ballast/processes";
import { clusterFolderAt } from "./cluster-folder.ts";
import { withFolderLock } from "./folder-lock.ts";
import { type EmbeddedPostgres, type PostgresNotice, startEmbeddedPostgres } from "./index.ts";
import { PostgresKeeper } from "./keep-running.ts";

const SOON = { timeout: 50_000 };

describe("a Postgres that is killed while it is used", () => {
  let dataFolder: string;

  beforeAll(() => {
    dataFolder = mkdtempSync(join(tmpdir(), "ballast-kept-"));
  });
  afterAll(() => rmSync(dataFolder, { recursive: true, force: true }));

  const start = (notices: PostgresNotice[]): Promise<EmbeddedPostgres> =>
    startEmbeddedPostgres({ dataFolder, durable: false, onNotice: (notice) => notices.push(notice) });

  async function answer(connectionString: string): Promise<unknown> {
    const client = new pg.Client({ connectionString });
    client.on("error", () => undefined);
    try {
      await client.connect();
      return (await client.query<{ answer: number }>("SELECT 6 * 7 AS answer")).rows[0]?.answer;
    } catch (error) {
      return (error as Error).message;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  test("is started again once by all of its users, at the same address, and each is told", async () => {
    const [first, second]: [PostgresNotice[], PostgresNotice[]] = [[], []];
    const users = [await start(first), await start(second)] as const;
    const killed = users[0].pid;
    const { connectionString, port } = users[0];
    process.kill(killed, "SIGKILL");
    await expect.poll(() => answer(connectionString), SOON).toBe(42);
    await expect.poll(() => first.length + second.length, SOON).toBe(2);
    const { pid } = users[0];
    expect(pid).not.toBe(killed);
    expect([users[1].pid, users[0].port]).toEqual([pid, port]);
    for (const notices of [first, second]) {
      expect(notices).toEqual([
        { what: expect.stringContaining(`(process ${killed}) had ended; it runs again as process ${pid} `) as string },
      ]);
    }
    await Promise.all(users.map((user) => user.stop()));
    expect(isAlive(pid)).toBe(false);
  });

  test("is found at its former address although another program has taken its port", async () => {
    const notices: PostgresNotice[] = [];
    const postgres = await start(notices);
    const { connectionString, port, pid } = postgres;
    let other: Server | undefined;
    // No process starts it again as long as the folder is locked.
    await withFolderLock(clusterFolderAt(dataFolder), async () => {
      process.kill(pid, "SIGKILL");
      while (isAlive(pid));
      other = createServer().listen({ port, host: "127.0.0.1" });
      await once(other, "listening");
    });
    await expect.poll(() => answer(connectionString), SOON).toBe(42);
    await expect.poll(() => notices.length, SOON).toBe(1);
    expect(postgres.port).not.toBe(port);
    expect(await answer(postgres.loopbackConnectionString)).toBe(42);
    other?.close();
    await postgres.stop();
  });

  test("is not replaced by an empty one where its data are gone", async () => {
    const notices: PostgresNotice[] = [];
    const folder = mkdtempSync(join(tmpdir(), "ballast-kept-"));
    const postgres = await startEmbeddedPostgres({ dataFolder: folder, durable: false, onNotice: (notice) => notices.push(notice) });
    process.kill(postgres.pid, "SIGKILL");
    rmSync(join(folder, "data"), { recursive: true, force: true });
    await expect.poll(() => notices.length, SOON).toBeGreaterThan(0);
    const message = expect.stringContaining(`The Postgres data in ${folder} are gone`) as string;
    expect(notices[0]).toMatchObject({ error: { code: "DATABASE_START_FAILED", message } });
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });
});

test("tries that fail are told from the third on, and do not keep the watch from being ended", async () => {
  const notices: PostgresNotice[] = [];
  let tries = 0;
  const gone = { pid: 2 ** 22 + 1, port: 1, socketFolder: "", ready: true };
  const startAgain = (): Promise<never> => Promise.reject(new Error(`try ${++tries}`));
  const keeper = new PostgresKeeper({ postmaster: gone, startAgain, onNotice: (notice) => notices.push(notice) });
  await expect.poll(() => notices.length, SOON).toBe(1);
  await keeper.stop();
  expect(tries).toBe(3);
  expect(notices[0]).toEqual({ what: expect.stringMatching(/in 3 tries; the next one is in 1 s$/) as string, error: new Error("try 3") });
});
