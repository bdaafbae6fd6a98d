import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { type PackedPackage, packPackages, publishedPackages, readManifest, run } from "./pack-packages.ts";

/** Optional peers of core's suites for authors of policies; their types stand in those of core. */
const PEERS = ["vitest", "fast-check"];

/**
 * `node packaging/check-packages.ts`: packs every published package and checks the tarballs as their users meet them: by
 * publint, and by a file that imports every entry, compiled with the packages' own declarations checked, too.
 */
async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "ballast-packages-"));
  try {
    const packed = packPackages(publishedPackages(), join(folder, "tarballs"));
    const faults = [...(await lintAll(packed)), ...findTypeFaults(packed, folder)];
    for (const fault of faults) console.error(fault);
    console.log(`${packed.length} packages packed and checked, ${faults.length} faults`);
    return faults.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function lintAll(packed: readonly PackedPackage[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { manifest, tarball } of packed) {
    const content = new Uint8Array(readFileSync(tarball));
    const { messages, pkg } = await publint({ pack: { tarball: content.buffer }, strict: true });
    faults.push(...messages.map((message) => `${manifest.name}: ${formatMessage(message, pkg, { color: false }) ?? message.code}`));
  }
  return faults;
}

/** What the compiler finds in the packages as they are unpacked, and in a file that imports all their entries. */
function findTypeFaults(packed: readonly PackedPackage[], folder: string): string[] {
  const modules = join(folder, "node_modules");
  const libraries = packed.filter(({ manifest }) => manifest.exports !== undefined && isForOthers(manifest.name));
  const entries = libraries.flatMap((each) => unpack(each, modules));
  for (const peer of PEERS) linkPeer(peer, modules);
  const imports = entries.map((entry, index) => `import * as entry${index} from "${entry}";\nvoid entry${index};`);
  writeFileSync(join(folder, "all-entries.ts"), imports.join("\n"));
  const compilerOptions = { module: "nodenext", target: "es2024", strict: true, noEmit: true, skipLibCheck: false, types: [] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["all-entries.ts"] }));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  try {
    run("tsc", ["-p", folder, "--pretty", "false"], folder);
    return [];
  } catch (error) {
    const lines = (error as Error).message.split("\n").filter((line) => /error TS\d+/.test(line));
    // Declarations of other people's packages are theirs to keep right.
    const own = lines.filter((line) => !line.includes("node_modules/") || line.includes("node_modules/@ballast/"));
    return own.length > 0 || lines.length > 0 ? own : [(error as Error).message];
  }
}

/** The parts of the program itself have dependencies that only an installation brings; core and policies have none. */
function isForOthers(name: string): boolean {
  return name === "@ballast/core" || name.startsWith("@ballast/policy-");
}

/** Puts a tarball where npm would, and names what of it can be imported. */
function unpack({ manifest: { name }, tarball }: PackedPackage, modules: string): string[] {
  const target = join(modules, name);
  mkdirSync(target, { recursive: true });
  run("tar", ["-xzf", tarball, "-C", target, "--strip-components=1"]);
  const paths = Object.keys(readManifest(target).exports ?? {}).filter((path) => !path.endsWith(".json"));
  return paths.map((path) => name + path.slice(1));
}

/** As core finds it in this repository. */
function linkPeer(name: string, modules: string): void {
  const core = publishedPackages().find(({ manifest }) => manifest.name === "@ballast/core");
  const manifest = core === undefined ? undefined : findPackageJSON(name, pathToFileURL(join(core.folder, "package.json")));
  if (manifest === undefined) throw new Error(`${name} is not installed beside core: run npm test once, or node scripts/bootstrap.js`);
  symlinkSync(dirname(manifest), join(modules, name));
}

process.exitCode = await main();
