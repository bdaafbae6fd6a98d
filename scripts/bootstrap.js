// `npm start` and `npm test` run this first (prestart, pretest). npm puts node_modules/.bin first on PATH, so once a
// Node is installed there, the script that follows runs on it and not on the machine's own.
import { ensureInstalled } from "./toolchain.js";

try {
  await ensureInstalled();
} catch (error) {
  console.error(`ballast: ${error.message}`);
  process.exitCode = 1;
}
