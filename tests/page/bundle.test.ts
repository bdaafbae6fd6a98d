import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { buildPage } from "./build-page.ts";
import { PAGE_FOLDER } from "../../packages/web/src/index.ts";

const MAX_PACKED_BYTES = 80_000;
/** What the start page needs before it can show anything. */
const MAX_FIRST_BYTES = 30_000;

const assets = join(fileURLToPath(PAGE_FOLDER), "assets");

function packedBytes(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(join(assets, file))).length, 0);
}

/** Oracle: the limits that were set for the page, and gzip. */
test("all scripts of the page together, and what is loaded first, keep their limits", () => {
  buildPage();
  const scripts = readdirSync(assets).filter((file) => extname(file) === ".js");
  expect(scripts.length).toBeGreaterThan(10);
  expect(packedBytes(scripts)).toBeLessThanOrEqual(MAX_PACKED_BYTES);
  const document = readFileSync(join(fileURLToPath(PAGE_FOLDER), "index.html"), "utf8");
  const first = [...document.matchAll(/\/assets\/([\w.-]+\.(?:js|css))/g)].map(([, file = ""]) => file);
  expect(first.length).toBeGreaterThan(1);
  expect(packedBytes(first)).toBeLessThanOrEqual(MAX_FIRST_BYTES);
});

test("no file of the page names another host", () => {
  buildPage();
  const foreign = readdirSync(assets).flatMap((file) => {
    const text = readFileSync(join(assets, file), "utf8");
    // Names of XML's vocabularies are no addresses that anything is loaded from.
    return [...text.matchAll(/https?:\/\/(?!www\.w3\.org\/)[\w.-]+/g)].map(([address]) => `${file}: ${address}`);
  });
  expect(foreign).toEqual([]);
});
