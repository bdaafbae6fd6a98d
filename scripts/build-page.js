// Builds the page that the server shows, unless a stamp shows that this was done for the same sources. `npm start` does it
// first; `node scripts/build-page.js` does it alone.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeForSources, projectFolder } from "./toolchain.js";

const webFolder = join(projectFolder, "packages", "web");
const stampFile = join(webFolder, "page", ".sources");
/** What the page is made of, besides the packages that the lockfile names. */
const SOURCES = [
  "index.html",
  "src",
  "tools/build-page.ts",
  "tools/vite.config.ts",
  "tsconfig.json",
  "../core/package.json",
  "../core/src/quantities",
  "../statistics/package.json",
  "../statistics/src/words",
];

/** @throws Error with the output of the build if it fails. */
export function ensurePage() {
  const wanted = sourcesDigest();
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === wanted) return;
  const { status, stdout, stderr, error } = spawnSync(nodeForSources(), [join(webFolder, "tools", "build-page.ts")], {
    cwd: projectFolder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the page cannot be built (${error?.message ?? `exit code ${status}`}):\n${stdout}${stderr}`);
  writeFileSync(stampFile, wanted);
}

function sourcesDigest() {
  const hash = createHash("sha256");
  for (const file of ["pnpm-lock.yaml", "tsconfig.base.json"]) hash.update(readFileSync(join(projectFolder, file)));
  for (const file of SOURCES.flatMap((source) => filesOf(source))) hash.update(`${file}\n`).update(readFileSync(join(webFolder, file)));
  return hash.digest("hex");
}

/** A file, or all files below a folder, in an order that every machine has. */
function filesOf(source) {
  if (statSync(join(webFolder, source)).isFile()) return [source];
  return readdirSync(join(webFolder, source), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(webFolder, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    ensurePage();
  } catch (error) {
    console.error(`ballast: ${error.message}`);
    process.exitCode = 1;
  }
}
