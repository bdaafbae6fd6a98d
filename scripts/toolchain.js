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
/** What is installed: what `npm start` and `npx ballast` need, or everything. */
const TO_START = "start";
const ALL = "all";
const stampFile = join(modulesFolder, ".ballast-installed");

/**
 * Installs what the lockfile says, unless a stamp shows that this was done for the same lockfile, pnpm and platform.
 * `all`: what tests, checks and benchmarks need, too, which is more than half; a checkout that had it keeps it.
 */
export async function ensureInstalled({ all = false } = {}) {
  const wanted = installationDigest();
  if (isInstalled(wanted, all)) return;
  mkdirSync(modulesFolder, { recursive: true });
  const release = await holdInstallLock(join(modulesFolder, ".ballast-installing"));
  try {
    if (isInstalled(wanted, all)) return;
    const scope = all || readStamp().scope === ALL ? ALL : TO_START;
    await install(scope);
    checkNode();
    writeFileSync(stampFile, `${wanted} ${scope}\n`);
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

function isInstalled(wanted, all) {
  const { digest, scope } = readStamp();
  return digest === wanted && (scope === ALL || !all);
}

/** Stamps of earlier versions have no scope: they installed everything. */
function readStamp() {
  if (!existsSync(stampFile)) return { digest: "", scope: TO_START };
  const [digest = "", scope = ALL] = readFileSync(stampFile, "utf8").trim().split(" ");
  return { digest, scope };
}

async function install(scope) {
  const { packageManager } = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8"));
  const what =
    scope === ALL ? "Node, Postgres, the tools for tests and all other dependencies" : "Node, Postgres and the other dependencies";
  console.error(`ballast: installing ${what} with ${packageManager} (once, about 20 s)`);
  const reporter = process.stderr.isTTY ? "default" : "append-only";
  const commandLine = [
    "--yes",
    packageManager,
    "install",
    "--frozen-lockfile",
    `--reporter=${reporter}`,
    ...(scope === ALL ? [] : ["--prod"]),
  ];
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
