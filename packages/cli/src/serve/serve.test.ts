import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { isLongRun } from "@ballast/core/testing/case-count";
import { isAlive } from "@ballast/processes";
import { BUNDLED_POLICIES } from "@ballast/server/installed-policies";
import { prepareDataFolder } from "../testing/prepare-data-folder.ts";
import { type Finished, runBallast, type Started, startBallast } from "../testing/run-ballast.ts";

/** Ballast's own Postgres in a folder of the test; the oracle of every end is the operating system's list of processes. */
// Each test starts servers and a Postgres: seconds, and minutes on a machine that has far more to do than it can.
describe("serve with a Postgres of its own", { timeout: 180_000 }, () => {
  let folder: string;
  let environment: Record<string, string>;
  let started: Started[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "ballast-serve-"));
    environment = { BALLAST_DATA_FOLDER: join(folder, "postgres"), PORT: "0" };
    await prepareDataFolder(join(folder, "postgres"));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function stopAll(): Promise<void> {
    for (const { child, finished } of started) {
      if (child.exitCode === null) child.kill("SIGTERM");
      await finished;
    }
    started = [];
  }

  function serve(more: Readonly<Record<string, string>> = {}): Started {
    const server = startBallast(["serve", "--no-sample"], { ...environment, ...more }, folder);
    started.push(server);
    return server;
  }

  async function urlOf(server: Started): Promise<string> {
    const [, url = ""] = await server.said(/GraphiQL +(http:\S+)\n/);
    return url;
  }

  const postmasterFile = (): string => join(folder, "postgres/data/postmaster.pid");

  /** The first line of Postgres' own pid file. */
  function postgresPid(): number {
    return Number(readFileSync(postmasterFile(), "utf8").split("\n")[0]);
  }

  async function ended(server: Started, signal: NodeJS.Signals): Promise<Finished> {
    server.child.kill(signal);
    return await server.finished;
  }

  async function ask(url: string, query: string): Promise<unknown> {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
    return await answer.json();
  }

  /** The tests follow each other: they use the same two servers, and the last one ends them. */
  describe("two servers on one folder", () => {
    let first: Started;
    let second: Started;
    const texts: string[] = [];

    beforeAll(() => {
      [first, second] = [serve(), serve()];
    });
    afterAll(stopAll);

    test("serve beside each other and answer queries", async () => {
      const urls = [await urlOf(first), await urlOf(second)];
      expect(new Set(urls).size).toBe(2);
      const policies = BUNDLED_POLICIES.map((name) => ({ name: name.replace("@ballast/policy-", "") }));
      for (const url of urls) expect(await ask(url, "{ policies { name } }")).toEqual({ data: { policies } });
      // A server without reports would have nothing at this address.
      const report = await fetch(new URL("/runs/none/report.html", urls[0]));
      expect(await report.json()).toMatchObject({ errors: [{ extensions: { code: "RUN_NOT_FOUND" } }] });
    });

    test("share their Postgres with commands, and psql gets the password by nothing that others could list", async () => {
      await Promise.all([urlOf(first), urlOf(second)]);
      const bin = join(folder, "bin");
      mkdirSync(bin);
      // Prints what it was given, as any user of the machine could list it, and what only it and root can see.
      const psql = '#!/bin/sh\necho "arguments: $*"\nenv | grep ^PG | sort\nexit 5\n';
      writeFileSync(join(bin, "psql"), psql, { mode: 0o755 });
      const pid = postgresPid();
      expect(await runBallast(["runs", "--json"], environment, folder)).toEqual({ code: 0, stdout: "", stderr: "" });
      const { password } = JSON.parse(readFileSync(join(folder, "postgres/cluster.json"), "utf8")) as { password: string };
      const given = { ...environment, PATH: `${bin}:${process.env.PATH}`, PGHOST: "elsewhere", PGSERVICE: "other" };
      const opened = await runBallast(["psql", "-c", "select 1", "--", "--help"], given, folder);
      expect(opened.code).toBe(5);
      expect(opened.stdout).toMatch(
        /^arguments: -c select 1 --help\nPGDATABASE=ballast\nPGHOST=\/\S+\nPGPORT=\d+\nPGSSLMODE=disable\nPGUSER=ballast\n$/,
      );
      const printed = await runBallast(["psql", "--print-url"], environment, folder);
      expect(printed.stdout).toBe(`postgresql://ballast:${password}@127.0.0.1:${/PGPORT=(\d+)/.exec(opened.stdout)?.[1]}/ballast\n`);
      const withoutPsql = await runBallast(["psql"], { ...environment, PATH: "/nowhere" }, folder);
      expect([withoutPsql.code, withoutPsql.stderr]).toEqual([1, expect.stringContaining("[PSQL_MISSING]")]);
      expect(postgresPid()).toBe(pid);
      expect(isAlive(pid)).toBe(true);
      texts.push(opened.stdout, opened.stderr, withoutPsql.stderr);
    });

    test("continue when their Postgres was killed: it is started again, they say so, and answer queries", async () => {
      const url = await urlOf(first);
      await urlOf(second);
      const killed = postgresPid();
      process.kill(killed, "SIGKILL");
      for (const server of [first, second]) {
        const [, pid = ""] = await server.said(/\(process \d+\) had ended; it runs again as process (\d+)/);
        expect(Number(pid)).not.toBe(killed);
      }
      await expect.poll(() => ask(url, "{ runs { totalCount: __typename } }"), { timeout: 30_000 }).toHaveProperty("data.runs.totalCount");
    });

    test("end at Ctrl-C with exit code 0, their Postgres with the last, and no password was shown", async () => {
      await Promise.all([urlOf(first), urlOf(second)]);
      const pid = postgresPid();
      const ends = [await ended(first, "SIGINT")];
      expect(isAlive(pid)).toBe(true);
      ends.push(await ended(second, "SIGINT"));
      expect(ends.map(({ code }) => code)).toEqual([0, 0]);
      expect(isAlive(pid)).toBe(false);
      const { password } = JSON.parse(readFileSync(join(folder, "postgres/cluster.json"), "utf8")) as { password: string };
      texts.push(readFileSync(join(folder, "postgres/postgres.log"), "utf8"), ...ends.flatMap(({ stdout, stderr }) => [stdout, stderr]));
      for (const text of texts) expect(text).not.toContain(password);
    });
  });

  describe("one server", () => {
    afterEach(stopAll);

    test("stopped by Ctrl-C while it starts, it leaves nothing running and the next start works", async () => {
      const server = serve();
      await server.said(/Starting Postgres/);
      expect((await ended(server, "SIGINT")).code).toBe(130);
      expect(existsSync(postmasterFile())).toBe(false);
      const next = serve();
      expect(await urlOf(next)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
      expect((await ended(next, "SIGTERM")).code).toBe(0);
    });

    // An unhandled rejection is handled like an unhandled exception, after one step of its own.
    test.each(isLongRun ? ["reject", "throw"] : ["reject"])(
      "a fault that nothing handles (%s) is logged once, without secrets, and ends it in order with exit code 1",
      async (how) => {
        const token = "a-token-that-no-log-shows";
        const fixture = new URL("fault-on-signal.fixture.ts", import.meta.url).href;
        const server = serve({ BALLAST_TOKEN: token, NODE_OPTIONS: `--import=${fixture}`, BALLAST_TEST_FAULT: how });
        await urlOf(server);
        const postgres = postgresPid();
        const { code, stderr } = await ended(server, "SIGUSR2");
        const lines = stderr.split("\n").filter((line) => line.startsWith("{"));
        expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
          { level: 60, err: { message: "thrown by a test with [secret]" } },
        ]);
        expect(stderr).not.toContain(token);
        expect(code).toBe(1);
        expect(isAlive(postgres)).toBe(false);
        expect(existsSync(postmasterFile())).toBe(false);
      },
    );
  });
});
