import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { ENDLESS, writeScenario } from "../packages/cli/src/testing/scenario-files.ts";
import { isAlive } from "../packages/processes/src/process-identity.ts";
import { createTreeFolder, startTree, type Tree } from "./process-tree.ts";
import { isLongRun } from "../packages/core/src/testing/case-count.ts";

/**
 * Whatever ends the outer process ends the server and its Postgres. Each combination takes seconds: npm test does one of
 * each kind, `npm run test:long` all of them.
 */
const SIGNALS = ["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT", "SIGKILL"] as const;
type Signal = (typeof SIGNALS)[number];

const NPM = /^npm (start|exec|test)/;
const SERVER = /^\S*node \S*main\.ts/;
const CLONE_SCRIPT = /^\S*node \S*(\.bin\/ballast|ballast\.js)/;
const GROUP = "its process group";
type Place = RegExp | typeof GROUP;

const folder = createTreeFolder();
let trees: Tree[] = [];

// Twice what a tree waits at most for its start, and for its end.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

afterAll(() => rmSync(folder, { recursive: true, force: true }));

afterEach(async () => {
  for (const tree of trees) await tree.end();
  trees = [];
});

function start(line: string): Tree {
  const tree = startTree(line, folder);
  trees.push(tree);
  return tree;
}

async function startServer(line: string): Promise<Tree> {
  const tree = start(line);
  await tree.said(/Ctrl-C stops the server/);
  return tree;
}

function send(tree: Tree, signal: Signal, place: Place): void {
  if (place === GROUP) process.kill(-(tree.outer.pid ?? 0), signal);
  else process.kill(tree.find(place).pid, signal);
}

function every(places: readonly Place[], chosen: readonly [Place, Signal][]): (readonly [Place, Signal])[] {
  return isLongRun ? places.flatMap((place) => SIGNALS.map((signal) => [place, signal] as const)) : [...chosen];
}

describe("a server and its Postgres end", () => {
  test.each(every([NPM, SERVER, GROUP], [[NPM, "SIGKILL"]]))("with `npm start` when %s gets %s", async (place, signal) => {
    const tree = await startServer("npm start -- --no-sample");
    send(tree, signal, place);
    expect(await tree.untilGone()).toBe("");
  });

  // npx puts a shell between that passes nothing on, and ignores an interrupt while it waits.
  const npxCases = every([NPM, CLONE_SCRIPT, SERVER, GROUP], [[CLONE_SCRIPT, "SIGKILL"]]).filter(
    ([place, signal]) => !(place === NPM && signal === "SIGINT"),
  );
  test.each(npxCases)("with `npx ballast serve` when %s gets %s", async (place, signal) => {
    const tree = await startServer("npx ballast serve --no-sample");
    send(tree, signal, place);
    expect(await tree.untilGone()).toBe("");
  });

  test("with `npm start` that a shell has put into the background, where an interrupt is ignored at first", async () => {
    const tree = await startServer("sh -c 'npm start -- --no-sample & wait'");
    send(tree, "SIGINT", NPM);
    expect(await tree.untilGone()).toBe("");
  });

  test.runIf(isLongRun)("when their terminal is closed", async () => {
    // script(1) gives its command a terminal, which closes when script is killed.
    const tree = await startServer("script -qefc 'npm start -- --no-sample' /dev/null");
    process.kill(tree.find(/^script/).pid, "SIGKILL");
    expect(await tree.untilGone()).toBe("");
  });
});

describe("a command that has started its own Postgres", () => {
  test.each(every([SERVER, GROUP], [[SERVER, "SIGKILL"]]))("leaves nothing when %s gets %s", async (place, signal) => {
    const scenario = writeScenario(folder, "endless", ENDLESS);
    const tree = start(`${process.execPath} packages/cli/src/main.ts run ${scenario}`);
    await tree.said(/Running /);
    send(tree, signal, place);
    expect(await tree.untilGone()).toBe("");
  });
});

describe("`npm test` and its Postgres end", () => {
  test.each(every([NPM, /vitest\.mjs|^node \(vitest/, GROUP], [[NPM, "SIGKILL"]]))("when %s gets %s", async (place, signal) => {
    const tree = start("npm test -- --project server packages/server/src/runs/executor/kills.test.ts");
    await tree.said(/BALLAST_SEED/);
    send(tree, signal, place);
    expect(await tree.untilGone()).toBe("");
  });
});

describe("a server continues", () => {
  test("when a parent that did not start it to wait for it has ended, and its standard input is closed", async () => {
    const tree = start(`sh -c '${process.execPath} packages/cli/src/main.ts serve --no-sample <&- & sleep 1; wait'`);
    await tree.said(/Ctrl-C stops the server/);
    const server = tree.find(SERVER);
    process.kill(tree.outer.pid ?? 0, "SIGKILL");
    // Four times as long as the watch of launchers waits between two looks.
    spawnSync("sleep", ["1"]);
    expect(isAlive(server.pid)).toBe(true);
    process.kill(server.pid, "SIGTERM");
    expect(await tree.untilGone()).toBe("");
  });
});
