import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = dirname(dirname(fileURLToPath(import.meta.url)));

/** What a package.json says that packing and its checks need. */
export type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
};
/** A package of this repository; `folder` is absolute. */
export type SourcePackage = { readonly folder: string; readonly manifest: Manifest };
export type PackedPackage = SourcePackage & { readonly tarball: string };

/** The packages that are published, by folder. */
export function publishedPackages(): SourcePackage[] {
  const folders = globSync(["packages/*/package.json", "packages/policies/*/package.json"], { cwd: PROJECT }).map((file) => dirname(file));
  const all = folders.sort().map((folder) => ({ folder: join(PROJECT, folder), manifest: readManifest(join(PROJECT, folder)) }));
  return all.filter(({ manifest }) => manifest.private !== true);
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

/**
 * Builds these packages and packs each into a tarball in `target`, with the `exports` of its `publishConfig` and versions in
 * place of `workspace:`. That is pnpm's work: plain `npm pack` does neither. No network is used: pnpm is the one that the
 * installation has run.
 * @throws Error with the output of the step that failed.
 */
export function packPackages(packages: readonly SourcePackage[], target: string): PackedPackage[] {
  mkdirSync(target, { recursive: true });
  run("tsc", ["-b", ...packages.map(({ folder }) => folder)]);
  for (const { folder } of packages) removeOrphans(folder);
  run("node", ["scripts/build-page.js"]);
  const { packageManager } = readManifest(PROJECT) as Manifest & { readonly packageManager: string };
  const filters = packages.flatMap(({ manifest }) => ["--filter", manifest.name]);
  run("npx", ["--yes", "--prefer-offline", packageManager, "-r", ...filters, "pack", "--pack-destination", target]);
  return packages.map((source) => ({ ...source, tarball: tarballOf(source.manifest, target) }));
}

function tarballOf({ name, version }: Manifest, target: string): string {
  const tarball = join(target, `${name.replace(/^@/, "").replace("/", "-")}-${version}.tgz`);
  if (!existsSync(tarball)) throw new Error(`pnpm pack has written no ${tarball}`);
  return tarball;
}

/** `tsc -b` leaves what it once made of a source that has been moved or deleted; it would be published. */
function removeOrphans(folder: string): void {
  for (const file of globSync("dist/**/*.{js,js.map,d.ts}", { cwd: folder })) {
    const source = file.replace(/^dist/, "src").replace(/(\.d\.ts|\.js\.map|\.js)$/, ".ts");
    if (!existsSync(join(folder, source))) rmSync(join(folder, file));
  }
}

/** Runs a program in the project. @throws Error with its output if it fails. */
export function run(program: string, parameters: readonly string[], cwd = PROJECT): string {
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { cwd, encoding: "utf8", env: environmentOutsideNpm() });
  if (status === 0) return stdout;
  throw new Error(`${program} ${parameters.join(" ")} in ${cwd} ended with ${status ?? error?.message}:\n${stdout}${stderr}`);
}

/** npm hands its settings and the script's name down in variables that a second npm, or pnpm, would obey. */
function environmentOutsideNpm(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(config|package|lifecycle)_/.test(name)));
}
