import { readFileSync } from "node:fs";
import { expect } from "vitest";

/** Most files have no property: loading fast-check for each of them would take longer than many of their tests. */
const { testPath } = expect.getState();
if (testPath === undefined || /fast-check|\/testing/.test(readFileSync(testPath, "utf8"))) {
  const fc = await import("fast-check");
  // A length that a test allows is a length that is tried: by default fast-check stays far below it.
  fc.configureGlobal({ ...fc.readConfigureGlobal(), defaultSizeToMaxWhenMaxSpecified: true });
}
