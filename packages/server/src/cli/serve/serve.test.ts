import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isAlive } from "../../processes/process-identity.ts";
import { BUNDLED_POLICIES } from "../../installed-policies/bundled-policies.ts";
import { type Finished, runBallast, type Started, startBallast } from "../testing/run-ballast.ts";

/** Ballast's own Postgres in a folder of the test; the oracle of every end is the operating system's list of processes. */
describe("serve with a Postgres of its own", () => {
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

  test("answers queries, shares its Postgres with a command, and stops all it started at Ctrl-C with exit code 0", async () => {
    const server = serve();
    const url = await urlOf(server);
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: "{ policies { name } }" }),
    });
    expect(await answer.json()).toEqual({
      data: { policies: BUNDLED_POLICIES.map((name) => ({ name: name.replace("@ballast/policy-", "") })) },
    });
    const pid = postgresPid();
    expect(await runBallast(["runs", "--json"], environment, folder)).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(isAlive(pid)).toBe(true);
    expect((await ended(server, "SIGINT")).code).toBe(0);
    expect(isAlive(pid)).toBe(false);
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
