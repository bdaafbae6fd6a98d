import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { EventCode } from "@ballast/core/events";
import { createKernel } from "@ballast/core/kernel";
import { CAPABILITIES, type Policy, readParameters } from "@ballast/core/policy";
import { parseScenario } from "@ballast/core/scenario";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BUNDLED_POLICIES } from "./bundled-policies.ts";
import {
  CallGuard,
  DEFAULT_POLICY_LIMITS,
  type InstalledPolicy,
  isIsolated,
  loadInstalledPolicy,
  loadPolicies,
  openIsolatedPolicy,
  type PolicyLimits,
  resolvePolicyPackages,
} from "./index.ts";

/** A further policy as anybody could publish it: plain JavaScript, nothing imported, in a folder of its own. */
const GREEDY = `
  export const policy = {
    apiVersion: 1,
    name: "greedy",
    version: "2.0.1",
    description: "Takes from the largest.",
    requires: ["steal"],
    parameters: {
      batchPages: { type: "integer", unit: "pages", default: 4, minimum: 1, maximum: 100,
        description: "Pages taken in one step.", source: "made up", confidence: "assumed" },
    },
    periodNs: () => 0,
    create: ({ batchPages }) => ({
      decide: ({ cause, vms }) => {
        if (cause !== "shortage") return [];
        const largest = vms.reduce((most, vm) => (vm.residentPages > most.residentPages ? vm : most));
        return [{ kind: "StealPages", vm: largest.vm, take: { count: batchPages, order: "random" }, reason: "is largest" }];
      },
      save: () => null,
      load: () => {},
    }),
  };
`;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ballast-policies-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

function writePackage(path: string, manifest: object, code: string, file = "lib/main.js"): void {
  write({ [`${path}/package.json`]: JSON.stringify({ type: "module", ...manifest }), [`${path}/${file}`]: code });
}

const install = async (...specifiers: string[]): ReturnType<typeof loadPolicies> =>
  loadPolicies(resolvePolicyPackages(specifiers, [folder]), { loadMs: 30_000 });

/** With limits that a test waits for. */
const installLimited = async (specifier: string, limits: Partial<PolicyLimits>): Promise<unknown> =>
  loadPolicies(resolvePolicyPackages([specifier], [folder]), limits);

/** Gives the work the policy as a kernel asks it. */
function withOpen<Result>(installed: InstalledPolicy, work: (policy: Policy) => Result): Result {
  if (!isIsolated(installed)) return work(installed);
  const guard = new CallGuard(new SharedArrayBuffer(CallGuard.BYTES));
  const { policy, close } = openIsolatedPolicy(installed, DEFAULT_POLICY_LIMITS, guard);
  try {
    return work(policy);
  } finally {
    close();
  }
}

const BUNDLED = BUNDLED_POLICIES.map((name) => name.replace("@ballast/policy-", "")).sort();

describe("installed policies", () => {
  test("without configuration there are those that come with Ballast", async () => {
    const registry = await loadPolicies([]);
    expect(registry.listPolicies().map(({ name }) => name)).toEqual(BUNDLED);
  });

  test("one that is loaded by itself is the same; oracle: all of them", async () => {
    writePackage("greedy", { exports: "./lib/main.js" }, GREEDY);
    const { listPolicies } = await install("./greedy");
    const isolated = listPolicies().filter(isIsolated);
    expect(isolated).toHaveLength(1);
    for (const policy of listPolicies()) expect(await loadInstalledPolicy(policy.name, isolated)).toBe(policy);
  });

  test("a package in somebody's node_modules is found by its name, whichever way its manifest names the entry", async () => {
    const ways = [
      { exports: "./lib/main.js" },
      { exports: { ".": { types: "./x.d.ts", import: "./lib/main.js" } } },
      { main: "lib/main.js" },
    ];
    for (const [index, way] of ways.entries()) {
      writePackage(`node_modules/@someone/greedy-${index}`, { name: `@someone/greedy-${index}`, ...way }, GREEDY);
      const registry = await install(`@someone/greedy-${index}`);
      expect(registry.listPolicies().map(({ name }) => name)).toEqual([...BUNDLED, "greedy"].sort());
    }
  });

  test("a policy is found by the path of its folder or of its file, and being named twice it is loaded once", async () => {
    writePackage("mine", { exports: "./lib/main.js" }, GREEDY);
    const registry = await install("./mine", "./mine/lib/main.js", join(folder, "mine"));
    expect(registry.getPolicy("greedy").version).toBe("2.0.1");
  });

  test("a policy from outside runs: its pages are stolen and the VMs live (oracle: no-reclaim, under which one ends)", async () => {
    writePackage("node_modules/greedy", { exports: "./lib/main.js" }, GREEDY);
    const registry = await install("greedy");
    expect(withOpen(registry.getPolicy("greedy"), runWith)).toEqual({ events: ["PageStolen", "PolicyDecided"], ended: 0 });
    expect(withOpen(registry.getPolicy("no-reclaim"), runWith)).toEqual({ events: [], ended: 1 });
  });

  test("a policy uses packages that its own declares, also those that only they declare", async () => {
    writePackage("node_modules/inner", { name: "inner", exports: "./lib/main.js" }, "export const VERSION = '2.0.1';");
    writePackage("node_modules/outer", { name: "outer", exports: "./lib/main.js", dependencies: { inner: "1" } }, 'export * from "inner";');
    const code = `import { VERSION } from "outer"; ${GREEDY.replace('"2.0.1"', "VERSION")}`;
    writePackage("node_modules/greedy", { exports: "./lib/main.js", dependencies: { outer: "1" } }, code);
    expect((await install("greedy")).getPolicy("greedy").version).toBe("2.0.1");
    writePackage("node_modules/greedy", { exports: "./lib/main.js" }, code);
    await expect(install("greedy")).rejects.toThrow("greedy: cannot be imported");
  });

  test("a policy in TypeScript and one in CommonJS are taken as they are", async () => {
    writePackage("typed", { exports: "./lib/main.ts" }, GREEDY.replace("periodNs: () =>", "periodNs: (): number =>"), "lib/main.ts");
    expect((await install("./typed")).getPolicy("greedy").version).toBe("2.0.1");
    const commonJs = `const { sep } = require("node:path"); ${GREEDY.replace("export const policy =", "exports.policy =")}`;
    writePackage("common", { type: "commonjs", main: "lib/main.js" }, commonJs);
    expect((await install("./common")).getPolicy("greedy").version).toBe("2.0.1");
  });

  test("settings and secrets beside a policy in a working folder are no part of it", async () => {
    const code = `import { readFileSync } from "node:fs"; readFileSync(new URL("../FILE", import.meta.url)); ${GREEDY}`;
    for (const file of [".env", "ballast.config.json"]) {
      write({ [file]: "{}" });
      writePackage(".", { exports: "./lib/main.js" }, code.replace("FILE", file));
      await expect(install(".")).rejects.toThrow(`it may not use FileSystemRead ${join(realpathSync(folder), file)}`);
    }
  });

  test("a policy that declares something else when its run begins fails it by name", async () => {
    writePackage("fickle", { exports: "./lib/main.js" }, GREEDY.replace('"2.0.1"', "`2.0.${process.pid}`"));
    const fickle = (await install("./fickle")).getPolicy("greedy");
    expect(() => withOpen(fickle, runWith)).toThrow(/The policy greedy 2\.0\.\d+ does not declare what it declared/);
  });
});

describe("packages that are no policies are refused by name, with every fault", () => {
  test("one that is not there", () => {
    expect(() => resolvePolicyPackages(["nowhere", "./gone"], [folder])).toThrow(
      `Policies cannot be installed:\n  nowhere: is not found from ${folder}; install the package there, or give the path of ` +
        `its folder\n  ./gone: is not found from ${folder}`,
    );
  });

  test("one that is not there, and the folder that was looked in is named once although it is given twice", () => {
    expect(() => resolvePolicyPackages(["nowhere"], [folder, folder])).toThrow(
      `Policies cannot be installed:\n  nowhere: is not found from ${folder}; install the package there`,
    );
  });

  test("one that exports something else", async () => {
    const code =
      'export const policy = { apiVersion: 1, name: "Bad Name", version: "1.0.0", description: "x", parameters: {}, requires: ["magic"] };';
    writePackage("bad", { exports: "./lib/main.js" }, code);
    await expect(install("./bad")).rejects.toMatchObject({
      code: "POLICY_PACKAGE_INVALID",
      problems: [
        { message: "`name` must be kebab-case text" },
        { message: "`create` must be a function" },
        { message: "`periodNs` must be a function" },
        { message: `\`requires\` names "magic"; there are: ${Object.keys(CAPABILITIES).join(", ")}` },
      ],
    });
  });

  test("one that throws while it is imported", async () => {
    writePackage("angry", { exports: "./lib/main.js" }, 'throw new Error("not today");');
    await expect(install("./angry")).rejects.toThrow("cannot be imported: not today");
  });

  const AFTER: Readonly<Record<string, Partial<PolicyLimits>>> = {
    "for (;;) {}": { loadMs: 1_000 },
    "await new Promise(() => setInterval(() => {}, 100));": { loadMs: 1_000 },
  };

  test.each([
    ["loops", "for (;;) {}", "was not imported within 1000 ms"],
    ["waits with a timer", "await new Promise(() => setInterval(() => {}, 100));", "was not imported within 1000 ms"],
    ["waits for nothing", "await new Promise(() => {});", "waits, while it is imported, for something that never happens"],
    ["takes 3 GB", "const all = []; for (;;) all.push(new Uint8Array(2 ** 24).fill(1));", "took more than 512 MiB of memory"],
    ["ends its process", "process.exit(5);", "ended its process while it was imported (exit status 5)"],
    ["throws what has no text", "throw { get message() { throw 1; }, toString() { throw 2; } };", "something that has no text"],
    ["imports what it did not declare", 'import "@ballast/server";', "cannot be imported"],
    [
      "reads a file elsewhere",
      'import "node:fs"; process.getBuiltinModule("fs").readFileSync("/etc/hosts");',
      "it may not use FileSystemRead /etc/hosts",
    ],
    ["imports the network", 'import "node:net";', "a policy may not use the module node:net"],
    [
      "requires the network",
      'import { createRequire } from "node:module"; createRequire(import.meta.url)("net");',
      "a policy may not use the module node:net",
    ],
    ["says no version of the API", "export const policy = {};", "`apiVersion` is missing: write `apiVersion: 1`"],
    [
      "was written for another version of the API",
      "export const policy = { apiVersion: 2 };",
      "it was written for version 2 of the policy API and Ballast has version 1: install a newer Ballast, or an older version",
    ],
    [
      "exports a getter that throws",
      'export const policy = { get name() { throw new Error("no name"); } };',
      "threw while it was read: no name",
    ],
    ["exports a proxy", "export const policy = new Proxy({}, { get: (_, name) => name });", "`apiVersion` must be a whole number, now 1"],
    [
      "exports parameters of no form",
      "export const policy = { apiVersion: 1, parameters: { a: null, b: { type: 7 } } };",
      "parameters/a must be an object",
    ],
  ])("one that %s while it is imported", async (_what, code, words) => {
    writePackage("angry", { exports: "./lib/main.js" }, code);
    const { getPolicy } = await loadPolicies([]);
    const started = installLimited("./angry", { loadMs: 30_000, ...AFTER[code] });
    await expect(started).rejects.toMatchObject({ code: "POLICY_PACKAGE_INVALID", message: expect.stringContaining(words) as string });
    await expect(started).rejects.toThrow("./angry");
    expect(withOpen(getPolicy("no-reclaim"), runWith)).toEqual({ events: [], ended: 1 });
  });

  test("one with a manifest that is no JSON, beside one that is not there", () => {
    write({ "torn/package.json": "{", "torn/index.js": GREEDY });
    expect(() => resolvePolicyPackages(["./torn", "./gone"], [folder])).toThrow(/torn: .* cannot be read: [^]*gone: is not found/);
  });

  test("one with a link that leads out of its folder", async () => {
    writePackage("linked", { exports: "./lib/main.js" }, GREEDY);
    symlinkSync("/etc", join(folder, "linked/lib/elsewhere"));
    await expect(install("./linked")).rejects.toThrow("leads out of");
  });

  test("one whose name is taken", async () => {
    writePackage("twin", { exports: "./lib/main.js" }, GREEDY.replace('"greedy"', '"ballooning"'));
    await expect(install("./twin")).rejects.toThrow('its policy is called "ballooning", as is that of @ballast/policy-ballooning');
  });

  test("a policy that is not installed is told with those that are", async () => {
    const { getPolicy } = await loadPolicies([]);
    expect(() => getPolicy("greedy")).toThrow(`No policy "greedy" is installed; there are: ${BUNDLED.join(", ")}.`);
    await expect(loadInstalledPolicy("greedy", [])).rejects.toThrow(`No policy "greedy" is installed; there are: ${BUNDLED.join(", ")}.`);
  });
});

/** Two VMs of 16 pages on a host of 20: the event names of reclamation, and how many VMs were ended. */
function runWith(policy: Parameters<typeof createKernel>[0]["policy"]): { events: string[]; ended: number } {
  const processes = [{ workload: { kind: "cyclic", pages: 15, accesses: 100 } }];
  const scenario = parseScenario({
    name: "two",
    host: { framePages: 20 },
    vms: [{ configuredPages: 16, count: 2, processes }],
  });
  const kernel = createKernel({
    scenario,
    policy,
    parameters: readParameters(policy.parameters, {}, "").values,
    traces: new Map(),
  });
  const seen = new Set<number>();
  let status = kernel.status;
  while (status === "running") {
    status = kernel.advance(100, 1000);
    const { types, length } = kernel.takeBatch();
    types.slice(0, length).forEach((type) => seen.add(type));
  }
  const names = (["PageStolen", "PolicyDecided"] as const).filter((name) => seen.has(EventCode[name]));
  return { events: names, ended: seen.has(EventCode.VmTerminated) ? 1 : 0 };
}
