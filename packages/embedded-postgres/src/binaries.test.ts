import { execFileSync } from "node:child_process";
import { cpSync, lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { binariesFor, EMBEDDED_MAJOR_VERSION, locateNativeFolder } from "./binaries.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-binaries-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const versionOf = (postgres: string): string => execFileSync(postgres, ["--version"], { encoding: "utf8", stdio: "pipe" });

test("Postgres is used in place where it can be executed", () => {
  const { postgres } = binariesFor(undefined, folder);
  expect(postgres).toBe(join(locateNativeFolder(), "bin", "postgres"));
  // The oracle is the program itself.
  expect(versionOf(postgres)).toContain(`PostgreSQL) ${EMBEDDED_MAJOR_VERSION}.`);
});

test("Postgres is copied and completed where the package's install script did not run", () => {
  const withoutLinks = join(folder, "package", "native");
  cpSync(locateNativeFolder(), withoutLinks, { recursive: true, filter: (file) => !lstatSync(file).isSymbolicLink() });
  expect(() => versionOf(join(withoutLinks, "bin", "postgres"))).toThrow(/librar/i);
  const { postgres } = binariesFor(undefined, folder, withoutLinks);
  expect(postgres).toBe(join(folder, "native", "bin", "postgres"));
  expect(versionOf(postgres)).toContain(`PostgreSQL) ${EMBEDDED_MAJOR_VERSION}.`);
  expect(readdirSync(join(folder, "native", "lib"))).toContain("libpq.so.5");
});
