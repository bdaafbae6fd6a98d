import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quietPolicy } from "@ballast/core/testing";
import { deserialize, serialize } from "node:v8";
import { createKernel } from "@ballast/core/kernel";
import { RunObserver } from "@ballast/core/projections";
import { expect, test } from "vitest";
import { DigestChain } from "../../event-store/index.ts";
import { thrashingScenario } from "../scenarios.fixture.ts";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint-state.ts";
import { codeOf, hashFolders } from "./code-hash.ts";
import { RunControl } from "./run-control.ts";

test("a changed, added or renamed source file gives another hash, a test does not", () => {
  const folder = mkdtempSync(join(tmpdir(), "ballast-code-"));
  const write = (file: string, text: string): string => {
    writeFileSync(join(folder, file), text);
    return hashFolders([folder]);
  };
  const first = write("a.ts", "1");
  expect(write("a.test.ts", "1")).toBe(first);
  const changed = write("a.ts", "2");
  expect(changed).not.toBe(first);
  expect(write("b.ts", "")).not.toBe(changed);
});

test("a checkpoint of other code is passed over", () => {
  const kernel = createKernel({ scenario: thrashingScenario(10), policy: quietPolicy, parameters: {}, traces: new Map() });
  kernel.takeBatch();
  const parts = { kernel, chain: new DigestChain(), control: new RunControl(), observer: new RunObserver() };
  const code = codeOf({ policy: quietPolicy });
  const bytes = encodeCheckpoint(code, parts);
  expect(decodeCheckpoint(code, bytes)?.position).toBe(kernel.machine.position);
  const other = serialize({ ...(deserialize(bytes) as object), code: "other" });
  expect(decodeCheckpoint(code, other)).toBeUndefined();
});
