// `npm start` and `npm test` run this first (prestart, pretest): `--page` builds the page, too, `--all` installs the tools for
// tests, too. npm puts node_modules/.bin first on PATH, so once a Node is installed there, the script that follows runs on it
// and not on the machine's own.
import { ensurePage } from "./build-page.js";
import { ensureInstalled } from "./toolchain.js";

try {
  await ensureInstalled({ all: process.argv.includes("--all") });
  if (process.argv.includes("--page")) ensurePage();
} catch (error) {
  console.error(`ballast: ${error.message}`);
  process.exitCode = 1;
}
