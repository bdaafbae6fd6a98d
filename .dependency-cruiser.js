// Who may import whom. `npm run lint` checks it; `npm run picture` draws it for ARCHITECTURE.md.

/** The folders of core, in levels: each may import the folders named here, and nothing else of core. */
const basics = ["units", "ids", "assert", "errors", "prng"];
const machine = ["events", "metrics", "memory", "policy", "trace"];
const coreFolders = {
  ...Object.fromEntries(basics.map((folder) => [folder, basics])),
  events: basics,
  metrics: [...basics, "events"],
  memory: [...basics, "events", "metrics"],
  // How numbers are rounded for people; browsers load it, too.
  quantities: [...basics, "metrics"],
  policy: [...basics, "events", "reuse"],
  trace: [...basics, "events"],
  // Reads JSON values, and says as JSON Schema what it takes.
  reading: [...basics, "policy"],
  // Each kind of workload says how a scenario states it.
  workload: [...basics, ...machine, "reading"],
  reuse: basics,
  replacement: [...basics, "reuse"],
  // A scenario names its workloads.
  scenario: [...basics, ...machine, "reading", "workload"],
  kernel: [...basics, ...machine, "reuse", "replacement", "workload", "scenario"],
  projections: [...basics, "events", "metrics", "memory"],
  testing: [...basics, ...machine, "reuse", "replacement", "reading", "workload", "scenario", "kernel", "projections"],
};

const tests = "\\.(test|fixture|bench)\\.ts$";

const coreLevels = Object.entries(coreFolders).map(([folder, allowed]) => ({
  name: `core-${folder}-imports-lower-levels-only`,
  comment: `core/${folder} may import ${allowed.join(", ")}. Move what it needs down, or hand it in as an argument.`,
  severity: "error",
  from: { path: `^packages/core/src/${folder}/`, pathNot: tests },
  to: { path: "^packages/core/src/", pathNot: `^packages/core/src/(${[folder, ...allowed].join("|")})/` },
}));

/** The folders of core/kernel, lowest first: each may import those before it. Refused imports name them. */
const kernelFolders = {
  structures: "lists, stacks and pools of numbers that know nothing of memory",
  state: "what the host, a VM and a process know besides the tables, each part a class with the methods that change it",
  hypervisor: "what the hypervisor does with frames: faults, stealing, sharing, swapping, compression, limits, scans",
  guest: "what a guest OS does with its real pages: paging, admission, reclaim, balloon drivers, reports of free pages",
  policy: "asking the policy and carrying out what it decides",
  engine: "the order of everything in simulated time: the loop, the accesses, commands, snapshots",
  bounds: "what is computed about a whole run, outside of it",
  activity: "when pages were last accessed, and which are dirty, at moments of a run that is executed again",
};

const kernelNames = Object.keys(kernelFolders);

/** One rule for each pair, so that the message can say where the importing code belongs. */
const kernelLevels = kernelNames.flatMap((folder, level) =>
  kernelNames.slice(level + 1).map((higher) => ({
    name: `kernel-${folder}-does-not-import-${higher}`,
    comment:
      `kernel/${folder} may import ${kernelNames.slice(0, level).join(", ") || "no other folder of kernel"}. What needs ${higher} belongs into ` +
      `kernel/${higher} (${kernelFolders[higher]}) or a folder above it: move it there, or hand in what it needs as an argument.`,
    severity: "error",
    from: { path: `^packages/core/src/kernel/${folder}/`, pathNot: tests },
    to: { path: `^packages/core/src/kernel/${higher}/` },
  })),
);

/** A file or folder of kernel that stands in none of these has no level. */
const kernelHasNoOtherFolder = {
  name: "kernel-files-stand-in-its-folders",
  comment: `A file of core/kernel belongs into one of its folders: ${kernelNames.join(", ")}; index.ts alone stands beside them.`,
  severity: "error",
  from: {},
  to: { path: "^packages/core/src/kernel/", pathNot: `^packages/core/src/kernel/((${kernelNames.join("|")})/|index\\.ts$)` },
};

/** The folders of server, in levels; their tests may set up whatever they need. */
const stored = ["database", "event-store", "history", "projections", "traces", "curves"];
const applied = [...stored, "configuration", "installed-policies", "runs", "experiments"];
const served = [...applied, "access", "application", "api"];
const serverFolders = {
  database: [],
  configuration: ["database"],
  "event-store": ["database"],
  history: ["database", "event-store"],
  projections: ["database", "event-store", "history"],
  traces: ["database"],
  curves: ["database", "traces"],
  access: ["database"],
  "installed-policies": [],
  runs: [...stored, "installed-policies"],
  experiments: [...stored, "installed-policies", "runs"],
  backup: [...stored, "runs"],
  application: applied,
  exports: [...stored, "runs", "experiments", "application"],
  // What GraphQL and plain HTTP share.
  api: [...applied, "access", "application"],
  graphql: served,
  http: [...served, "exports", "graphql"],
};

const serverLevels = Object.entries(serverFolders).map(([folder, allowed]) => ({
  name: `server-${folder}-imports-lower-levels-only`,
  comment: `server/${folder} may import ${allowed.join(", ") || "no other folder"}. Move what it needs down, or hand it in as an argument.`,
  severity: "error",
  // schema.ts types columns by what their owners keep in them, and imports nothing else.
  from: { path: `^packages/server/src/${folder}/`, pathNot: [tests, "/testing/", "/database/schema\\.ts$"] },
  to: { path: "^packages/server/src/", pathNot: `^packages/server/src/(${[folder, ...allowed].join("|")})/` },
}));

/** The packages, in levels: what each may import besides packages of other people. */
const packages = {
  core: [],
  processes: [],
  statistics: ["core"],
  "embedded-postgres": ["core", "processes"],
  fidelity: ["core"],
  // The browser's part: what it knows of the API is generated from its schema; of the others see `page-imports-rules-of-texts-only`.
  web: ["core", "statistics"],
  server: ["core", "processes", "statistics", "embedded-postgres", "policies"],
  cli: ["core", "processes", "statistics", "embedded-postgres", "fidelity", "server", "web"],
};

const packageLevels = Object.entries(packages).map(([name, allowed]) => ({
  name: `package-${name}-imports-lower-packages-only`,
  comment: `packages/${name} may import ${allowed.map((each) => `packages/${each}`).join(", ") || "no other package of Ballast"}. Move what it needs down, or hand it in as an argument.`,
  severity: "error",
  from: { path: `^packages/${name}/` },
  to: { path: "^packages/", pathNot: `^packages/(${[name, ...allowed].join("|")})/` },
}));

/** What a package does not export is its own affair. */
const wholePackages = Object.keys(packages).map((name) => ({
  name: `imports-of-${name}-go-through-its-exports`,
  comment: `Import @ballast/${name}/... as packages/${name}/package.json exports it; a relative path into another package breaks once it is published.`,
  severity: "error",
  from: { path: "^packages/", pathNot: `^packages/${name}/` },
  to: { path: `^packages/${name}/`, dependencyTypes: ["local"] },
}));

export default {
  forbidden: [
    {
      name: "no-cycle",
      comment: "Files that need each other are one file, or need a third that both import.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-unresolvable-import",
      comment: "The file or the exported subpath does not exist.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    ...coreLevels,
    ...kernelLevels,
    kernelHasNoOtherFolder,
    ...serverLevels,
    ...packageLevels,
    ...wholePackages,
    {
      name: "api-knows-no-graphql",
      comment: "server/api is what HTTP and GraphQL share. What needs the graphql packages belongs to server/graphql.",
      severity: "error",
      from: { path: "^packages/server/src/api/" },
      to: { path: "^node_modules/.*/(graphql|graphql-[^/]+|@pothos/[^/]+|@graphql-[^/]+/[^/]+)/" },
    },
    {
      name: "embedded-postgres-is-started-by-few",
      comment:
        "Only configuration (its default folder), application (which database a process uses) and tests know of it; everything else gets a connection string or a pool.",
      severity: "error",
      from: { path: "^packages/server/src/", pathNot: [tests, "^packages/server/src/(configuration|application|testing)/"] },
      to: { path: "^packages/embedded-postgres/" },
    },
    {
      name: "page-imports-rules-of-texts-only",
      comment:
        "The page knows the API's generated types, and how numbers and verdicts are told to people: @ballast/core/quantities, @ballast/statistics/words.",
      severity: "error",
      from: { path: "^packages/web/" },
      to: { path: "^packages/(core|statistics)/", pathNot: "^packages/(core/src/quantities|statistics/src/words)/" },
    },
    {
      name: "core-stands-alone",
      comment: "core has no I/O, no clock and no randomness: what it needs from outside comes in as an argument.",
      severity: "error",
      from: { path: "^packages/core/src/", pathNot: [tests, "^packages/core/src/testing/"] },
      to: { pathNot: "^packages/core/src/" },
    },
    {
      name: "core-testing-knows-the-test-runner-only",
      comment: "The suites for authors of policies need vitest and fast-check, and core itself.",
      severity: "error",
      from: { path: "^packages/core/src/testing/", pathNot: tests },
      to: { pathNot: ["^packages/core/src/", "^node_modules/.*/(vitest|fast-check)/"] },
    },
    {
      name: "core-tests-stay-in-core",
      comment: "A test of core needs no server and no policy package.",
      severity: "error",
      from: { path: `^packages/core/src/.*${tests}` },
      to: { path: "^packages/(?!core/)" },
    },
    {
      name: "policy-imports-the-policy-interface-only",
      comment: "A policy sees @ballast/core/policy, as any package of other people would.",
      severity: "error",
      from: { path: "^packages/policies/([^/]+)/", pathNot: tests },
      to: { pathNot: ["^packages/policies/$1/", "^packages/core/src/policy/"] },
    },
    {
      name: "policy-tests-import-core-only",
      comment: "A policy is tested by the contract suite and in the kernel: through @ballast/core, never the server.",
      severity: "error",
      from: { path: `^packages/policies/([^/]+)/.*${tests}` },
      to: {
        pathNot: ["^packages/policies/$1/", "^packages/core/src/", "^node_modules/.*/(vitest|fast-check)/"],
      },
    },
    {
      name: "only-installed-policies-imports-policies",
      comment: "The server finds policies through packages/server/src/installed-policies.",
      severity: "error",
      from: { pathNot: ["^packages/policies/", "^packages/server/src/installed-policies/", "^tests/", "^bench/"] },
      to: { path: "^packages/policies/" },
    },
    {
      name: "nothing-imports-tests",
      comment: "What runs in production must not need test code.",
      severity: "error",
      from: { path: "^packages/", pathNot: [tests, "/testing/"] },
      to: { path: [tests, "^packages/.*/testing/"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)dist/|^packages/web/page/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "node", "default"],
      extensions: [".ts", ".js", ".mjs", ".cjs", ".d.ts", ".json"],
    },
  },
};
