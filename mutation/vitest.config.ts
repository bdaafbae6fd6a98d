import { defineConfig } from "vitest/config";

/** The tests of one target, one after the other; those of the server get their database. */
const tests = (process.env["MUTATION_TESTS"] ?? "").split(",");
const needsDatabase = tests.some((file) => file.startsWith("packages/server/"));

export default defineConfig({
  // As in the configuration of `npm test`.
  ...(needsDatabase ? { ssr: { resolve: { conditions: ["module", "node"] } } } : {}),
  test: {
    include: tests,
    setupFiles: ["tests/setup.ts"],
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    ...(needsDatabase ? { globalSetup: ["packages/server/src/testing/database-for-run.ts"] } : {}),
  },
});
