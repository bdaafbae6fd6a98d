import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isAlive } from "@ballast/processes";
import { startBallast } from "../testing/run-ballast.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-fault-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const TOKEN = "a-token-that-no-log-shows";

// Oracle: what the test itself throws, and the operating system's list of processes.
test.each(["throw", "reject"])(
  "a fault that nothing handles (%s) is logged once, without secrets, and ends the server in order with exit code 1",
  { timeout: 180_000 },
  async (how) => {
    const fixture = new URL("fault-on-signal.fixture.ts", import.meta.url).href;
    const environment = {
      BALLAST_DATA_FOLDER: join(folder, "postgres"),
      PORT: "0",
      BALLAST_TOKEN: TOKEN,
      NODE_OPTIONS: `--import=${fixture}`,
      BALLAST_TEST_FAULT: how,
    };
    const server = startBallast(["serve", "--no-sample"], environment, folder);
    await server.said(/GraphiQL +(http:\S+)\n/);
    const postgres = Number(readFileSync(join(folder, "postgres/data/postmaster.pid"), "utf8").split("\n")[0]);
    server.child.kill("SIGUSR2");
    const { code, stderr } = await server.finished;
    const lines = stderr.split("\n").filter((line) => line.startsWith("{"));
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: 60, err: { message: "thrown by a test with [secret]" } },
    ]);
    expect(stderr).not.toContain(TOKEN);
    expect(code).toBe(1);
    expect(isAlive(postgres)).toBe(false);
    expect(existsSync(join(folder, "postgres/data/postmaster.pid"))).toBe(false);
  },
);
