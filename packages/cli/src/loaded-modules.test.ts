import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";

const MAIN = fileURLToPath(new URL("main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "ballast-modules-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the address of every module that the process loads. */
const RECORDER = `
import { registerHooks } from "node:module";
import { writeFileSync } from "node:fs";
const loaded = [];
registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
process.on("exit", () => writeFileSync(process.env.LOADED_MODULES, loaded.join("\\n")));
`;

function modulesOf(words: readonly string[], expectedStatus = 0): string[] {
  const [recorder, list] = [join(folder, "recorder.mjs"), join(folder, "loaded")];
  writeFileSync(recorder, RECORDER);
  const env = { ...process.env, LOADED_MODULES: list };
  const { status, stderr } = spawnSync(process.execPath, ["--import", recorder, ...words], { env, encoding: "utf8" });
  expect(status, stderr).toBe(expectedStatus);
  return readFileSync(list, "utf8").split("\n");
}

/** What made every command take 1.3 s of processor time, whatever it did. */
const SLOW =
  /node_modules\/(kysely|zod|graphql|@pothos|pino|pg|string-width)\/|core\/src\/kernel\/|packages\/policies\/|server\/src\/(graphql|http)\//;

/** The oracle is Node's own loader, asked by a hook. */
test.each([["--help"], ["scenarios"]])(
  "`ballast %s` loads neither the simulation nor the API, a database's client or the policies",
  (word) => {
    const loaded = modulesOf([MAIN, word]);
    expect(loaded.filter((url) => SLOW.test(url))).toEqual([]);
    expect(loaded.some((url) => url.endsWith("/commands/runs.ts"))).toBe(true);
  },
);

const RUN_WORKER = fileURLToPath(new URL("../../server/src/runs/worker/run-worker.ts", import.meta.url));
/** Every start of a thread would pay for these. */
const NEEDED_BY_NO_THREAD =
  /node_modules\/(kysely|zod|graphql|@pothos|pino|commander)\/|core\/src\/trace\/formats\/|packages\/policies\/|server\/src\/(graphql|http|api|application)\/|history\/history\.ts/;

test("a thread that executes runs loads no policies beforehand, no parsers of traces and nothing that answers questions", () => {
  // Outside of a thread it refuses to begin, when everything is loaded.
  const loaded = modulesOf([RUN_WORKER], 1);
  expect(loaded.filter((url) => NEEDED_BY_NO_THREAD.test(url))).toEqual([]);
  expect(loaded.some((url) => url.endsWith("/execute-run.ts"))).toBe(true);
});
