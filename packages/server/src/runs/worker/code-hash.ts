import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Policy } from "@ballast/core/policy";

/** What a checkpoint's shape and meaning rest on: the simulation, and how its run is executed. */
const FOLDERS = [new URL("../../", import.meta.resolve("@ballast/core/kernel")), new URL("../", import.meta.url)];

/** What a run's checkpoints are bytes of. */
export type RunCode = {
  readonly hash: string;
  /** Name and version of the policy. */
  readonly policy: string;
};

let known: string | undefined;

/**
 * The code that a checkpoint is bytes of: nothing in them says which number stands where. Any other code passes it over,
 * and executes the run from its start. Of a policy with files of its own (`policyDigest`) these count, of one that comes
 * with Ballast its functions.
 */
export function codeOf({ policy, policyDigest }: { readonly policy: Policy; readonly policyDigest?: string | undefined }): RunCode {
  known ??= hashFolders(FOLDERS.map((folder) => fileURLToPath(folder)));
  const functions = Object.values(policy).filter((value) => typeof value === "function");
  const ofPolicy = policyDigest === undefined ? functions.map(String) : [policyDigest];
  const hash = createHash("sha256")
    .update([known, ...ofPolicy].join("\n"))
    .digest("hex");
  return { hash, policy: `${policy.name} ${policy.version}` };
}

/** Of every source file but tests, in the order of their names. */
export function hashFolders(folders: readonly string[]): string {
  const hash = createHash("sha256");
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(isCode).sort();
    for (const file of files) hash.update(file).update(readFileSync(`${folder}/${file}`));
  }
  return hash.digest("hex");
}

function isCode(file: string): boolean {
  return file.endsWith(".ts") && !/\.(test|fixture)\.ts$/.test(file) && !file.includes("testing/");
}
