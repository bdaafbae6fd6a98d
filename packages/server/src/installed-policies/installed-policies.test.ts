import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { EventCode } from "@ballast/core/events";
import { createKernel } from "@ballast/core/kernel";
import { CAPABILITIES, readParameters } from "@ballast/core/policy";
import { parseScenario } from "@ballast/core/scenario";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BUNDLED_POLICIES } from "./bundled-policies.ts";
import { loadPolicies, resolvePolicyPackages } from "./index.ts";

/** A further policy as anybody could publish it: plain JavaScript, nothing imported, in a folder of its own. */
const GREEDY = `
  export const policy = {
    name: "greedy",
    version: "2.0.1",
    says: "Takes from the largest.",
    requires: ["steal"],
    parameters: {
      batchPages: { type: "integer", unit: "pages", default: 4, minimum: 1, maximum: 100,
        says: "Pages taken at once.", source: "made up", confidence: "assumed" },
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
  loadPolicies(resolvePolicyPackages(specifiers, [folder]));

const BUNDLED = BUNDLED_POLICIES.map((name) => name.replace("@ballast/policy-", "")).sort();

describe("installed policies", () => {
  test("without configuration there are those that come with Ballast", async () => {
    const registry = await loadPolicies([]);
    expect(registry.listPolicies().map(({ name }) => name)).toEqual(BUNDLED);
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
    expect(runWith(registry.getPolicy("greedy"))).toEqual({ events: ["PageStolen", "PolicyDecided"], ended: 0 });
    expect(runWith(registry.getPolicy("no-reclaim"))).toEqual({ events: [], ended: 1 });
  });

  test("a worker thread loads the same policy by its URL from another folder", async () => {
    writePackage("node_modules/greedy", { exports: "./lib/main.js" }, GREEDY);
    const [url] = resolvePolicyPackages(["greedy"], [folder]);
    const code = `
      import(${JSON.stringify(pathToFileURL(join(import.meta.dirname, "index.ts")).href)})
        .then(({ loadPolicies }) => loadPolicies([${JSON.stringify(url)}]))
        .then(({ getPolicy }) => require("node:worker_threads").parentPort.postMessage(getPolicy("greedy").says));
    `;
    const worker = new Worker(code, { eval: true });
    const says = await new Promise((resolve, reject) => worker.on("message", resolve).on("error", reject));
    await worker.terminate();
    expect(says).toBe("Takes from the largest.");
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
      'export const policy = { name: "Bad Name", version: "1.0.0", says: "x", parameters: {}, requires: ["magic"] };';
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

  test("one whose name is taken", async () => {
    writePackage("twin", { exports: "./lib/main.js" }, GREEDY.replace('"greedy"', '"ballooning"'));
    await expect(install("./twin")).rejects.toThrow(
      'its policy is called "ballooning", as is that of @ballast/policy-ballooning',
    );
  });

  test("a policy that is not installed is told with those that are", async () => {
    const { getPolicy } = await loadPolicies([]);
    expect(() => getPolicy("greedy")).toThrow(`No policy "greedy" is installed; there are: ${BUNDLED.join(", ")}.`);
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
