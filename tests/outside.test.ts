import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packPackages, publishedPackages, run } from "../packaging/pack-packages.ts";
import { parseScenario } from "../packages/core/src/scenario/index.ts";
import {
  CallGuard,
  DEFAULT_POLICY_LIMITS,
  isIsolated,
  loadPolicies,
  openIsolatedPolicy,
  resolvePolicyPackages,
} from "../packages/server/src/installed-policies/index.ts";
import { codeOn } from "./code-on-page.ts";
import { runOutcome } from "./scenario-outcomes.ts";

const PROJECT = dirname(import.meta.dirname);
/** What the registry would bring: the documentation's `npm install --save-dev`. */
const DEVELOPMENT = ["vitest", "fast-check"];
const OUR_POLICY = "@ballast/policy-random-steal";
const PATIENCE_MS = 240_000;

/** Two VMs that use more than there is: without stealing one is ended. */
const SCARCE = {
  name: "scarce",
  host: { framePages: 300 },
  vms: [{ configuredPages: 256, count: 2, processes: [{ workload: { kind: "uniform", pages: 200, accesses: 3000 } }] }],
};

let folder: string;

/** The way of docs/policies.md, step by step, in an empty folder outside of the repository, with plain npm and no network. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-outside-"));
  const packages = publishedPackages().filter(({ manifest: { name } }) => name === "@ballast/core" || name === OUR_POLICY);
  const tarballs = packPackages(packages, join(folder, "tarballs")).map(({ tarball }) => tarball);
  const [policyCode = "", contractCode = ""] = codeOn("docs/policies.md", "ts");
  const [manifest = "", compilerOptions = ""] = codeOn("docs/policies.md", "json");
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "package.json"), manifest);
  writeFileSync(join(folder, "tsconfig.json"), compilerOptions);
  writeFileSync(join(folder, "src/index.ts"), policyCode);
  writeFileSync(join(folder, "src/contract.test.ts"), contractCode);
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", ...tarballs], folder);
  for (const name of DEVELOPMENT) linkInstalled(name);
  run(join(PROJECT, "node_modules/.bin/tsc"), ["-p", folder, "--pretty", "false"], folder);
}, PATIENCE_MS);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function linkInstalled(name: string): void {
  const manifest = findPackageJSON(name, pathToFileURL(join(PROJECT, "packages/core/package.json")));
  if (manifest === undefined) throw new Error(`${name} is not installed in the repository`);
  symlinkSync(dirname(manifest), join(folder, "node_modules", name));
}

describe("a policy in a package of its own, outside of the repository", () => {
  test("is compiled against the packed core, whose declarations name the types of its parameters", () => {
    expect(readFileSync(join(folder, "dist/index.d.ts"), "utf8")).toContain("export declare const policy");
    const wrong = readFileSync(join(folder, "src/index.ts"), "utf8").replace("Math.min(batchPages", "Math.min(bacthPages");
    writeFileSync(join(folder, "src/wrong.ts"), wrong);
    expect(() => run(join(PROJECT, "node_modules/.bin/tsc"), ["-p", folder, "--noEmit", "--pretty", "false"], folder)).toThrow(
      /wrong\.ts.*error TS2552.*bacthPages/,
    );
    rmSync(join(folder, "src/wrong.ts"));
  });

  test("runs in plain Node beside a policy of ours that was installed as a package", () => {
    const code = `
      import { findPolicyFaults } from "@ballast/core/policy";
      import { policy as ours } from "${OUR_POLICY}";
      import { policy } from "./dist/index.js";
      console.log(JSON.stringify([policy, ours].map((each) => [each.name, findPolicyFaults(each)])));`;
    const told = run(process.execPath, ["--input-type=module", "--eval", code], folder);
    expect(JSON.parse(told)).toEqual([
      ["largest-first", []],
      ["random-steal", []],
    ]);
  });

  test("is installed by the path of its folder, and runs in a process of its own", async () => {
    const registry = await loadPolicies(resolvePolicyPackages([folder], [PROJECT]), { loadMs: PATIENCE_MS });
    const installed = registry.getPolicy("largest-first");
    if (!isIsolated(installed)) throw new Error("a policy from outside must be isolated");
    const { policy, close } = openIsolatedPolicy(installed, DEFAULT_POLICY_LIMITS, new CallGuard(new SharedArrayBuffer(CallGuard.BYTES)));
    try {
      expect(runOutcome(parseScenario(SCARCE), policy)).toMatchObject({ finished: 2, killed: 0 });
    } finally {
      close();
    }
  });

  test.runIf(process.env.BALLAST_LONG === "1")(
    "keeps the contract of policies, by the suite of the packed core",
    () => {
      const output = run(join(PROJECT, "node_modules/.bin/vitest"), ["run", "--root", folder, "--no-color"], folder);
      expect(output).toMatch(/Tests {2}\d+ passed/);
    },
    PATIENCE_MS,
  );
});
