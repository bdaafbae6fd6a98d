import { findLaunchers, watchLaunchers } from "../packages/processes/src/launchers.ts";

/** vitest calls this before the first test: `npm test` that is killed takes the tests, and their Postgres, with it. */
export function setup(): void {
  watchLaunchers(findLaunchers(process.env), () => process.kill(process.pid, "SIGTERM"));
}
