import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";

const PROJECT = dirname(import.meta.dirname);
const MANIFESTS = globSync(["package.json", "scripts/package.json", "packages/*/package.json", "packages/policies/*/package.json"], {
  cwd: PROJECT,
});

type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly license?: string;
  readonly repository?: { readonly type: string; readonly url: string; readonly directory?: string };
  readonly engines?: object;
  readonly files?: readonly string[];
  readonly bin?: object;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly publishConfig?: { readonly access?: string; readonly bin?: object; readonly exports?: Readonly<Record<string, unknown>> };
};

const read = (file: string): Manifest => JSON.parse(readFileSync(join(PROJECT, file), "utf8")) as Manifest;
const root = read("package.json");
const published = MANIFESTS.filter((file) => read(file).private !== true);

/** The oracle is npm's documentation of package.json, and the root's own fields. */
describe("each package", () => {
  test.each(MANIFESTS)("%s says what it is, under which licence, and where its sources are", (file) => {
    const { description, license, repository, engines } = read(file);
    const folder = dirname(file);
    expect({ description, license, engines }).toEqual({
      description: expect.stringMatching(/^.{10,}/),
      license: root.license,
      engines: expect.any(Object),
    });
    const directory = folder === "." ? {} : { directory: folder };
    expect(repository).toEqual({ type: "git", url: root.repository?.url, ...directory });
    expect(existsSync(join(PROJECT, folder, "README.md")), `${folder}/README.md`).toBe(true);
  });

  test.each(published)("%s has keywords, and publishes what it has built, without tests", (file) => {
    const { keywords = [], files = [], publishConfig = {} } = read(file);
    expect(keywords.length).toBeGreaterThanOrEqual(2);
    expect(files).toEqual(expect.arrayContaining(["dist", "!dist/**/*.{test,fixture}.*"]));
    expect(publishConfig.access).toBe("public");
  });

  test.each(published)("%s publishes the same entries that it has here, each with its types", (file) => {
    const { exports = {}, publishConfig } = read(file);
    const there = publishConfig?.exports ?? {};
    const here = Object.entries(exports).filter(
      ([, target]) => !/\/testing\/|\.fixture\./.test(String(target)) || file === "packages/core/package.json",
    );
    expect(Object.keys(there)).toEqual(here.map(([entry]) => entry));
    for (const [entry, target] of Object.entries(there)) {
      if (entry.endsWith(".json")) continue;
      expect(target, entry).toEqual({
        types: expect.stringMatching(/^\.\/dist\/.*\.d\.ts$/),
        default: expect.stringMatching(/^\.\/dist\/.*\.js$/),
      });
    }
  });

  test("the licence is there, and its copyright line", () => {
    expect(readFileSync(join(PROJECT, "LICENSE"), "utf8")).toMatch(/^MIT License\n\nCopyright \(c\) \d{4} /);
  });
});
