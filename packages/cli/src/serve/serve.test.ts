import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isAlive } from "@ballast/processes";
import { BUNDLED_POLICIES } from "@ballast/server/installed-policies";
import { type Finished, runBallast, type Started, startBallast } from "../testing/run-ballast.ts";

/** Ballast's own Postgres in a folder of the test; the oracle of every end is the operating system's list of processes. */
// Each test starts servers and a Postgres: seconds, and minutes on a machine that has far more to do than it can.
describe("serve with a Postgres of its own", { timeout: 180_000 }, () => {
  let folder: string;
  let environment: Record<string, string>;
  let started: Started[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ballast-serve-"));
    environment = { BALLAST_DATA_FOLDER: join(folder, "postgres"), PORT: "0" };
    started = [];
  });

  afterEach(async () => {
    for (const { child, finished } of started) {
      if (child.exitCode === null) child.kill("SIGTERM");
      await finished;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  function serve(...words: string[]): Started {
    const server = startBallast(["serve", "--no-sample", ...words], environment, folder);
    started.push(server);
    return server;
  }

  async function urlOf(server: Started): Promise<string> {
    const [, url = ""] = await server.said(/GraphiQL +(http:\S+)\n/);
    return url;
  }

  /** The first line of Postgres' own pid file. */
  function postgresPid(): number {
    return Number(readFileSync(join(folder, "postgres/data/postmaster.pid"), "utf8").split("\n")[0]);
  }

  async function ended(server: Started, signal: NodeJS.Signals): Promise<Finished> {
    server.child.kill(signal);
    return await server.finished;
  }

  test("answers queries, shares its Postgres with commands, shows no password, and stops all it started at Ctrl-C with exit code 0", async () => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    // Prints what it was given, as any user of the machine could list it, and what only it and root can see.
    const psql = '#!/bin/sh\necho "arguments: $*"\nenv | grep ^PG | sort\nexit 5\n';
    writeFileSync(join(bin, "psql"), psql, { mode: 0o755 });
    const server = serve();
    const answer = await fetch(await urlOf(server), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ policies { name } }" }),
    });
    expect(await answer.json()).toEqual({
      data: { policies: BUNDLED_POLICIES.map((name) => ({ name: name.replace("@ballast/policy-", "") })) },
    });
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
    expect(isAlive(pid)).toBe(true);
    const said = await ended(server, "SIGINT");
    expect(said.code).toBe(0);
    expect(isAlive(pid)).toBe(false);
    const log = readFileSync(join(folder, "postgres/postgres.log"), "utf8");
    for (const text of [said.stdout, said.stderr, opened.stdout, opened.stderr, withoutPsql.stderr, log])
      expect(text).not.toContain(password);
  });

  test("stopped by Ctrl-C while it starts, it leaves nothing running and the next start works", async () => {
    const server = serve();
    await server.said(/Starting Postgres/);
    expect((await ended(server, "SIGINT")).code).toBe(130);
    expect(existsSync(join(folder, "postgres/data/postmaster.pid"))).toBe(false);
    const next = serve();
    expect(await urlOf(next)).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/graphql$/);
    expect((await ended(next, "SIGTERM")).code).toBe(0);
  });

  test("continues when its Postgres was killed: it starts it again, says so, and answers queries", async () => {
    const server = serve();
    const url = await urlOf(server);
    const killed = postgresPid();
    process.kill(killed, "SIGKILL");
    const [, pid = ""] = await server.said(/\(process \d+\) had ended; it runs again as process (\d+)/);
    expect(Number(pid)).not.toBe(killed);
    const ask = async (): Promise<unknown> => {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: "{ runs { totalCount: __typename } }" }),
      });
      return await answer.json();
    };
    await expect.poll(ask, { timeout: 30_000 }).toHaveProperty("data.runs.totalCount");
    expect((await ended(server, "SIGTERM")).code).toBe(0);
    expect(isAlive(Number(pid))).toBe(false);
  });

  test("a second one on the same folder serves beside it, and the Postgres ends with the last", async () => {
    const [first, second] = [serve(), serve()];
    expect(await urlOf(first)).not.toBe(await urlOf(second));
    const pid = postgresPid();
    expect((await ended(first, "SIGINT")).code).toBe(0);
    expect(isAlive(pid)).toBe(true);
    expect((await ended(second, "SIGINT")).code).toBe(0);
    expect(isAlive(pid)).toBe(false);
  });
});
