import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { holdInstallLock } from "./install-lock.js";

export const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** The sources are TypeScript that Node runs by type stripping, which 24 does without a flag. */
const OLDEST_NODE_FOR_SOURCES = 24;

const modulesFolder = join(projectFolder, "node_modules");
const stampFile = join(modulesFolder, ".ballast-installed");

/** Installs what the lockfile says, unless a stamp shows that this was done for the same lockfile, pnpm and platform. */
export async function ensureInstalled() {
  const wanted = installationDigest();
  if (installedDigest() === wanted) return;
  mkdirSync(modulesFolder, { recursive: true });
  const release = await holdInstallLock(join(modulesFolder, ".ballast-installing"));
  try {
    if (installedDigest() === wanted) return;
    await install();
    checkNode();
    writeFileSync(stampFile, `${wanted}\n`);
  } finally {
    release();
  }
}

/** The Node that runs the sources: the project's own where its platform has one, else the machine's. */
export function nodeForSources() {
  const own = join(modulesFolder, ".bin", "node");
  return existsSync(own) ? own : process.execPath;
}

function installationDigest() {
  const hash = createHash("sha256");
  for (const file of ["package.json", "pnpm-workspace.yaml", "pnpm-lock.yaml"]) {
    hash.update(readFileSync(join(projectFolder, file)));
  }
  return hash.update(`${process.platform} ${process.arch}`).digest("hex");
}

function installedDigest() {
  return existsSync(stampFile) ? readFileSync(stampFile, "utf8").trim() : "";
}

async function install() {
  const { packageManager } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8"));
  console.error(`ballast: installing Node, Postgres and the other dependencies with ${packageManager} (once, about 20 s)`);
  const reporter = process.stderr.isTTY ? "default" : "append-only";
  const commandLine = ["--yes", packageManager, "install", "--frozen-lockfile", `--reporter=${reporter}`];
  // Everything goes to stderr: stdout belongs to the command that comes after, whose output may be piped.
  const child = spawn("npx", commandLine, {
    cwd: projectFolder,
    env: environmentOutsideNpm(),
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  const outcome = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? signal));
  });
  if (outcome !== 0) {
    throw new Error(`the installation ended with ${outcome}; the lines above say why. Fix it and run the same command again.`);
  }
}

/** npm hands its settings and the script's name down in variables that a second npm, or pnpm, would obey. */
function environmentOutsideNpm() {
  const entries = Object.entries(process.env).filter(([name]) => !/^npm_(config|package|lifecycle)_/.test(name));
  return Object.fromEntries(entries);
}

function checkNode() {
  const node = nodeForSources();
  const { stdout, error, status } = spawnSync(node, ["--version"], { encoding: "utf8" });
  const major = Number(/^v(\d+)\./.exec(stdout ?? "")?.[1]);
  if (major >= OLDEST_NODE_FOR_SOURCES) return;
  const found = Number.isNaN(major) ? (error?.message ?? `it exited with ${status}`) : `it is ${stdout.trim()}`;
  throw new Error(
    `the sources need Node ${OLDEST_NODE_FOR_SOURCES} or newer, but for ${node} ${found}. The project brings its own ` +
      `Node for Linux (glibc) and macOS; on ${process.platform} ${process.arch} install Node ` +
      `${OLDEST_NODE_FOR_SOURCES} or newer yourself and run the same again.`,
  );
}
