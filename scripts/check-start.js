// Does what a new user does: `npm start` in a folder that has nothing but the tracked files, which installs only what a start
// needs (tests and types are checked with everything installed). Ends with an error unless the page is served and Ctrl-C ends it.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "./toolchain.js";

/** A first start takes about 40 s. */
const LIMIT_MS = 600_000;

const folder = mkdtempSync(join(tmpdir(), "ballast-start-"));
try {
  copyTrackedFiles();
  await checkStart();
  console.log("npm start serves its page, and ends at Ctrl-C");
} catch (error) {
  console.error(`npm start in a fresh folder: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function copyTrackedFiles() {
  const files = execFileSync("git", ["ls-files", "-z"], { cwd: projectFolder, encoding: "utf8" }).split("\0").filter(Boolean);
  for (const file of files) cpSync(join(projectFolder, file), join(folder, file), { verbatimSymlinks: true });
}

async function checkStart() {
  // A group of its own, which a terminal would interrupt as one.
  const npm = spawn("npm", ["start"], {
    cwd: folder,
    detached: true,
    env: { ...process.env, PORT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(npm, "exit");
  const { pid } = npm;
  // Then `ended` is rejected with the reason.
  if (pid === undefined) return void (await ended);
  const timer = setTimeout(() => process.kill(-pid, "SIGKILL"), LIMIT_MS);
  try {
    await checkPage(await pageAddress(npm));
    process.kill(-pid, "SIGINT");
    const [code] = await ended;
    if (code !== 0) throw new Error(`it ended with code ${code} after Ctrl-C`);
  } finally {
    clearTimeout(timer);
    if (npm.exitCode === null && npm.signalCode === null) process.kill(-pid, "SIGTERM");
    await ended;
  }
}

/** Of the server that is ready. @throws Error with everything that it has written, if it ends before. */
async function pageAddress(npm) {
  let written = "";
  for (const stream of [npm.stdout, npm.stderr]) stream.setEncoding("utf8");
  npm.stderr.on("data", (text) => (written += text));
  for await (const text of npm.stdout.iterator({ destroyOnReturn: false })) {
    written += text;
    const [, address] = /Ballast is ready[^]* page +(http:\S+)\n/.exec(written) ?? [];
    if (address !== undefined) {
      npm.stdout.resume();
      return address;
    }
  }
  throw new Error(`it is not ready:\n${written}`);
}

async function checkPage(address) {
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  const html = await answer.text();
  const [, script] = /<script[^>]* src="([^"]+)"/.exec(html) ?? [];
  if (!answer.ok || script === undefined) throw new Error(`${address} answers ${answer.status}: ${html.slice(0, 200)}`);
  const code = await fetch(new URL(script, address));
  if (!code.ok) throw new Error(`${script} of the page answers ${code.status}`);
}
