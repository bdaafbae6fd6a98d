import fc from "fast-check";
import type { Json } from "../policy/index.ts";
import { REPLACEMENT_NAMES } from "../scenario/index.ts";
import { listLeaves } from "../workload/index.ts";
import { COMPOSED_KINDS, composedWorkload, readWorkload, SIMPLE_KINDS, statedWorkload, type WorkloadLimits } from "./stated-workload.ts";

/** Scenarios in their JSON form: every kind of workload, both mappings, friendly and plain values, much left out. */

const pages = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom("4 KiB", "0.1 MB", "160KiB"));
const time = fc.oneof(fc.integer({ min: 1, max: 5_000_000 }), fc.constantFrom("50 us", "1.5 ms", "3s", "7 ns"));
const some = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }, required: (keyof T)[]): fc.Arbitrary<object> =>
  fc.record(model, { requiredKeys: required }) as fc.Arbitrary<object>;
const device = fc.oneof(
  fc.constantFrom("nvme", "ssd", "hdd", "compressed-memory"),
  some(
    {
      readNs: time,
      writeNs: time,
      sequentialNs: fc.oneof(fc.constant(null), time),
      queueDepth: fc.integer({ min: 1, max: 64 }),
      bandwidthBytesPerS: fc.constantFrom(null, 150_000_000, "3.4 GB/s"),
    },
    ["readNs", "writeNs"],
  ),
);

const gain = fc.constantFrom(0.001, 0.25, 1);
/** The fewest pages that a process below has, and a file. */
const [PROCESS_PAGES, FILE_PAGES] = [50, 9];
const fitsHere = (form: Json): boolean =>
  listLeaves(readWorkload(form)).every(({ pages: touched = 0, reading }) => {
    const isInFile = reading === undefined || reading.firstPage + (reading.pages ?? 1) <= FILE_PAGES;
    return touched <= PROCESS_PAGES && isInFile;
  });
const limits: WorkloadLimits = { pages: 40, accesses: 500, ns: 5_000_000, files: ["log", "data"], traces: ["sort-1", "a.b"] };
const simple = fc.oneof(...SIMPLE_KINDS.map((kind) => statedWorkload(kind, limits))).filter(fitsHere);
const composed = (part: fc.Arbitrary<Json>): fc.Arbitrary<Json> => fc.oneof(...COMPOSED_KINDS.map((kind) => composedWorkload(kind, part)));
const workload = fc.oneof({ weight: 9, arbitrary: simple }, { weight: 1, arbitrary: composed(fc.oneof(simple, composed(simple))) });

const image = fc.constantFrom(null, "linux", { name: "linux" }, { name: "linux", commonFraction: 0.25 });
const backing = fc.oneof(fc.record({ backing: fc.constantFrom("anonymous", "file") }), some({ backing: fc.constant("file"), image }, []));
const plainProcess = some(
  {
    virtualPages: fc.constantFrom(50, "1 MiB"),
    accessNs: time,
    atEnd: fc.constantFrom("keep", "exit"),
    compressedFraction: fc.constantFrom(0.01, 0.4, 1),
    pageNames: fc.constantFrom({}, { 0: "red", 3: "dark blue" }),
    workload,
  },
  ["virtualPages", "workload"],
);
const process = fc.tuple(plainProcess, backing).map(([plain, backed]) => Object.assign(plain, backed));

const guest = {
  kernelPages: fc.nat(3),
  // opt is for guests without files, and these have some.
  replacement: fc.constantFrom(...REPLACEMENT_NAMES.filter((known) => known !== "opt")),
  swappiness: fc.constantFrom(0, 60, 200),
  watermarks: fc.constantFrom(false, null, { minPages: 0, lowPages: "4 KiB", highPages: 2 }),
  referenceBitOnLoad: fc.constantFrom("set", "clear"),
  disk: device,
  swapPages: fc.constantFrom(null, 0, 7, "16 KiB"),
  accessNs: time,
  processes: fc.array(process, { maxLength: 2 }),
  files: fc.constantFrom(
    [
      { name: "log", pages: 50 },
      { name: "data", pages: "1 MiB", image: "linux" },
    ],
    [
      { name: "data", pages: 9 },
      { name: "log", pages: "40 KiB", image: null },
    ],
  ),
};

const balloon = fc.oneof(
  fc.constantFrom(true, false, null),
  some({ driver: fc.constant("simple"), pollNs: time, pollPages: pages, capFraction: fc.constantFrom(0, 0.65, 1) }, []),
  some(
    {
      driver: fc.constant("vmware"),
      pollNs: time,
      capFraction: fc.constantFrom(0, 0.65, 1),
      minFreePages: pages,
      noSleepPages: pages,
      allocLeastPages: fc.integer({ min: 1, max: 9 }),
      allocMostPages: fc.integer({ min: 512, max: 600 }),
      slowPolls: fc.integer({ min: 1, max: 9 }),
    },
    ["driver"],
  ),
  some(
    {
      driver: fc.constant("virtio"),
      notifyNs: time,
      batchPages: pages,
      retryNs: fc.constantFrom("1 ms", 200_000_000),
      deflateOnOom: fc.boolean(),
      oomPages: pages,
      reporting: fc.oneof(fc.boolean(), fc.constant(null), some({ order: fc.integer({ min: 0, max: 20 }), delayNs: time }, [])),
    },
    ["driver"],
  ),
);

const vm = some(
  {
    configuredPages: fc.constantFrom(10, 64, "1 MB"),
    ...guest,
    shares: fc.integer({ min: 1, max: 5000 }),
    reservationPages: fc.nat(5),
    limitPages: fc.integer({ min: 5, max: 10 }),
    startNs: time,
    startJitterNs: fc.constantFrom(0, 1, "1 ms"),
    startStepNs: fc.constantFrom(0, 5, "2 ms"),
    largePages: fc.boolean(),
    balloon,
    count: fc.integer({ min: 1, max: 3 }),
  },
  ["configuredPages", "processes", "files"],
);

const someHost = (framePages: fc.Arbitrary<Json>): fc.Arbitrary<object> =>
  some(
    {
      framePages,
      overheadPages: fc.nat(3),
      vmOverheadPages: fc.nat(2),
      overcommit: fc.boolean(),
      maxOvercommitment: fc.constantFrom(null, 1.5),
      swapPages: fc.nat(1000),
      swapReservation: fc.boolean(),
      limitOrder: fc.constantFrom("random", "fifo", "clock"),
      swapDevice: device,
      swapPageCluster: fc.integer({ min: 1, max: 8 }),
      swapWriteClusterPages: fc.integer({ min: 1, max: 256 }),
      memoryStates: fc.constantFrom<Json>({}, { soft: 0.06, hard: 0.05 }, { high: 0.5, clear: 0.2 }, "esx2", "vsphere5", "vsphere6"),
      memoryStateMargin: fc.constantFrom(0, 0.125, 1),
      sampling: some({ periodNs: fc.constantFrom(1000, "30 s"), pages, slowGain: gain, fastGain: gain }, []),
      reuseSampling: some({ rate: gain, maxPages: fc.constantFrom(null, 8192), steps: fc.constantFrom(1, 64) }, []),
      ageScan: some({ periodNs: fc.constantFrom(null, 1000, "120 s") }, []),
      compression: some(
        { cacheFraction: fc.constantFrom(0, 0.1, 1), maxBytes: fc.constantFrom(64, 2048), otherFraction: fc.constantFrom(0.01, 1) },
        [],
      ),
      costs: fc.constantFrom({}, { trapNs: "1 us", zeroingNs: 0 }),
      zeroing: fc.boolean(),
    },
    ["framePages"],
  );

type PlainForm = { readonly [key: string]: Json | undefined };
type TwoLevelForm = { readonly host: PlainForm; readonly vms: readonly PlainForm[]; readonly startJitterNs?: Json };

/** Commands that every VM of these forms can obey: two of its processes, or files, have more pages than are touched. */
const command = fc.oneof(
  fc.record({
    kind: fc.constant("touchPage"),
    vm: fc.constant(1),
    process: fc.constant(1),
    virtualPage: fc.nat(5),
    write: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("touchRealPage"), vm: fc.constant(1), realPage: fc.nat(5) }),
  fc.record({ kind: fc.constant("setBalloonTarget"), vm: fc.constant(1), pages: fc.nat(6) }),
  fc.constant({ kind: "stopVm", vm: 1 }),
  fc.constant({ kind: "addVm", spec: { memory: "64 KiB", processes: [] } }),
);
const commands: fc.Arbitrary<readonly object[]> = fc.array(command, { maxLength: 4, size: "max" });

/** After the last VM has started. */
const SCRIPT_NS = 4_000_000_000;

/** What of the commands the VMs and the host allow, each at its time, and each added VM with a name of its own. */
function scriptOf(given: readonly object[], { host, vms, startJitterNs }: TwoLevelForm): Json {
  const refuses = host["overcommit"] === false || host["swapReservation"] === true || (host["maxOvercommitment"] ?? null) !== null;
  const hasJitter = vms.some((form) => (form["startJitterNs"] ?? startJitterNs ?? 0) !== 0);
  const haveBalloons = vms.every((form) => (form["balloon"] ?? true) === true && form["balloon"] !== null);
  let isStopped = false;
  const allowed = (given as readonly PlainForm[]).filter(({ kind }) => {
    if (kind === "addVm") return true;
    if (refuses || hasJitter || isStopped || (kind === "setBalloonTarget" && !haveBalloons)) return false;
    isStopped = kind === "stopVm";
    return true;
  });
  return allowed.map((form, index) => {
    const spec = form["spec"] as PlainForm | undefined;
    const allowedForm = spec === undefined ? form : { kind: form["kind"], spec: Object.assign({ name: `late-${index}` }, spec) };
    return { atNs: SCRIPT_NS + index * 1000, command: allowedForm } as Json;
  });
}

const shared = {
  description: fc.constantFrom("", "What is to be seen.\nAnd what not."),
  seed: fc.nat(),
  mmu: fc.constantFrom("shadow", "nested"),
  durationNs: fc.constantFrom(null, "10 s", 5_000_000_000),
  recordHits: fc.boolean(),
  sampleNs: time,
  accessNs: time,
  lookaheadNs: time,
  policy: fc.constantFrom("ballooning", { name: "idle-steal", parameters: { reserveFraction: 0.1, isEager: true } }),
};
const name = fc.constantFrom("boot storm", "figure 3.27", "überlast-2");

const twoLevel = fc
  .tuple(
    some(
      {
        name,
        ...shared,
        startJitterNs: fc.constantFrom(0, 0, 7, "1 ms"),
        host: someHost(fc.integer({ min: 40, max: 500 })),
        vms: fc.array(vm, { minLength: 1, maxLength: 4 }),
      },
      ["name", "host", "vms"],
    ),
    fc.option(commands),
  )
  .map(([form, given]) => {
    return given === null ? form : Object.assign(form, { script: scriptOf(given, form as TwoLevelForm) });
  });
const oneLevel = fc
  .tuple(fc.record({ name, ...shared }), fc.constantFrom(40, "2 MiB"), some(guest, ["processes", "files"]))
  .map(([parts, framePages, os]) => Object.assign(parts, { host: { framePages }, os }));

export const scenarioFormArbitrary: fc.Arbitrary<Json> = fc.oneof(twoLevel, oneLevel) as fc.Arbitrary<Json>;
