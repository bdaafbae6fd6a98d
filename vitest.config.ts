import { join } from "node:path";
import { defineConfig } from "vitest/config";

/**
 * Compiled sources for all processes and threads that tests start: each loads hundreds of modules, and without it takes
 * twice as long. Left alone where the caller has chosen a folder, or none.
 */
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "node_modules/.cache/compiled-tests");

/** Long checks (big histories, many kills) run with `npm run test:long`; their tests allow themselves more time. */
const testTimeoutMs = process.env.BALLAST_LONG === "1" ? 600_000 : 60_000;

const END_WITH_NPM = "tests/end-with-npm.ts";
const DATABASE = [END_WITH_NPM, "packages/server/src/testing/database-for-run.ts"];
/** What earlier files have left in memory would take part in these. */
const MEASURES_ITS_PROCESS = ["packages/server/src/runs/service/refuse-large.test.ts"];

const shared = {
  testTimeout: testTimeoutMs,
  hookTimeout: testTimeoutMs,
  globalSetup: [END_WITH_NPM],
  setupFiles: ["tests/setup.ts"],
};

/**
 * Node itself loads sources and tests, as it does for users: Vite's module runner turns each imported name into a look-up,
 * with which simulations take twice as long. It would be needed for `vi.mock`, which no test uses.
 */
const experimental = { viteModuleRunner: false, nodeLoader: false };

/** These tests leave nothing behind in their process: the next file runs in it, with the modules that are loaded. */
const inOneProcess = { ...shared, isolate: false };

export default defineConfig({
  test: {
    // One worker a core: by default one core is kept free, which on a machine of two leaves the tests a single worker.
    maxWorkers: "100%",
    experimental,
    reporters: ["default", "./tests/closing-line-reporter.ts"],
    projects: [
      { test: { ...inOneProcess, name: "core", include: ["packages/core/src/**/*.test.ts"] } },
      { test: { ...inOneProcess, name: "policies", include: ["packages/policies/*/src/**/*.test.ts"] } },
      { test: { ...inOneProcess, name: "statistics", include: ["packages/statistics/src/**/*.test.ts"] } },
      { test: { ...inOneProcess, name: "fidelity", include: ["packages/fidelity/src/**/*.test.ts"] } },
      {
        test: {
          ...inOneProcess,
          name: "server",
          include: ["packages/server/src/**/*.test.ts"],
          exclude: MEASURES_ITS_PROCESS,
          globalSetup: DATABASE,
        },
      },
      {
        test: {
          ...shared,
          name: "processes",
          include: ["packages/{processes,embedded-postgres,cli}/src/**/*.test.ts", ...MEASURES_ITS_PROCESS],
          globalSetup: DATABASE,
        },
      },
      { test: { ...inOneProcess, name: "web", include: ["packages/web/src/**/*.test.{ts,tsx}"] } },
      // The page in a browser, against a server that runs for all of these files.
      {
        test: {
          ...inOneProcess,
          name: "page",
          include: ["tests/page/**/*.test.ts"],
          // A page on a busy machine takes longer than the second that is the default; one that is right is not waited for.
          expect: { poll: { timeout: 15_000 } },
          globalSetup: [...DATABASE, "tests/page/server-for-run.ts"],
        },
      },
      {
        test: {
          ...inOneProcess,
          name: "repository",
          exclude: ["tests/page/**"],
          include: ["tests/**/*.test.ts", "mutation/*.test.ts", "faults/**/*.test.ts"],
        },
      },
    ],
    coverage: { provider: "v8", include: ["packages/*/src/**/*.ts", "packages/policies/*/src/**/*.ts"] },
  },
});
