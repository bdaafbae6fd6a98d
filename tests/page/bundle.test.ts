import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { PAGE_FOLDER } from "../../packages/web/src/index.ts";
import { buildPage } from "./build-page.ts";

/** Of what a browser loads for one screen, uPlot included, where the screen draws curves. */
const MAX_SCREEN_BYTES = 78_000;
/** Before anything is shown. */
const MAX_FIRST_BYTES = 21_000;
/** Of all screens together. */
const MAX_BYTES = 175_000;

type Chunk = { readonly file: string; readonly src?: string; readonly imports?: readonly string[]; readonly css?: readonly string[] };

const folder = fileURLToPath(PAGE_FOLDER);
let manifest: Readonly<Record<string, Chunk>>;

beforeAll(() => {
  buildPage();
  manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as typeof manifest;
});

/** The files that come with a chunk, its style sheets included. */
function filesOf(name: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[name];
  if (chunk === undefined || found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const sheet of chunk.css ?? []) found.add(sheet);
  for (const imported of chunk.imports ?? []) filesOf(imported, found);
  return found;
}

/** What the document itself names: those are loaded before any screen. */
function firstFiles(): Set<string> {
  const document = readFileSync(join(folder, "index.html"), "utf8");
  return new Set([...document.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, file = ""]) => file));
}

function packedBytes(files: Iterable<string>): number {
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(folder, file))).length, 0);
}

/** Oracle: the limits that were set for the page, and gzip. */
test("what a browser loads for each screen keeps its limit", () => {
  const first = firstFiles();
  // The script and the style sheet.
  expect([...first].map((file) => file.replace(/^.*\./, ""))).toEqual(expect.arrayContaining(["js", "css"]));
  expect(packedBytes(first)).toBeLessThanOrEqual(MAX_FIRST_BYTES);
  const screens = Object.keys(manifest).filter((name) => name.endsWith("screen.tsx"));
  expect(screens.length).toBeGreaterThan(10);
  const sizes = screens.map((name) => ({ name, bytes: packedBytes(new Set([...first, ...filesOf(name)])) }));
  expect(sizes.filter(({ bytes }) => bytes > MAX_SCREEN_BYTES)).toEqual([]);
});

test("all files of the page together keep theirs", () => {
  const files = readdirSync(join(folder, "assets")).map((file) => `assets/${file}`);
  expect(packedBytes(files)).toBeLessThanOrEqual(MAX_BYTES);
});

test("no file of the page names another host", () => {
  const foreign = readdirSync(join(folder, "assets")).flatMap((file) => {
    const text = readFileSync(join(folder, "assets", file), "utf8");
    // Names of XML's vocabularies are no addresses that anything is loaded from; a link to Perfetto is the reader's to follow.
    return [...text.matchAll(/https?:\/\/(?!www\.w3\.org\/|ui\.perfetto\.dev)[\w.-]+/g)].map(([address]) => `${file}: ${address}`);
  });
  expect(foreign).toEqual([]);
});
