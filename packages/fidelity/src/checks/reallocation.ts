import { readParameters } from "@ballast/core/policy";
import { MemoryState } from "@ballast/core/events";
import { NS_PER_S, PAGE_BYTES } from "@ballast/core/units";
import type { LineChart } from "../chart/chart.ts";
import { type Check, defineCheck, type SensitivityRow } from "../check.ts";
import { compare } from "../expectation.ts";
import type { TestBench } from "../lab/test-bench.ts";
import { withoutDriversUntil } from "../lab/without-drivers.ts";
import { MetricWatch, type WatchedMoment } from "../lab/watch-metrics.ts";

type Form = Readonly<Record<string, unknown>>;

const SCALE = 16;
const HOST_MIB = 1024;
const END_S = 2400;
const STORM_S = 300;
const SAMPLE_S = 5;
const ACCESS_NS = 4_000_000;
/** Zeroing memory at boot; balloon drivers begin thereafter, and work later. */
const BOOT_S = 60;
const WORK_FROM_S = 120;
const IDLE_FROM_S = 900;

const mib = (value: number): string => `${value / SCALE} MiB`;
const mibOf = (pages: number): number => (pages * PAGE_BYTES * SCALE) / 2 ** 20;

type Server = {
  readonly name: string;
  readonly memoryMib: number;
  /** Programs that it reads, of which Windows machines have half in common. */
  readonly programMib: number;
  /** What it works on, at first and at the end. */
  readonly dataMib: readonly [from: number, to: number];
  /** From when on it does nothing. */
  readonly idleFromS: number;
};

/** Sizes that add up to the paper's 1,472 MB; what each works on is assumed. */
const SERVERS: readonly Server[] = [
  { name: "citrix 1", memoryMib: 320, programMib: 60, dataMib: [120, 230], idleFromS: END_S },
  { name: "citrix 2", memoryMib: 320, programMib: 60, dataMib: [120, 230], idleFromS: END_S },
  { name: "exchange", memoryMib: 320, programMib: 50, dataMib: [140, 230], idleFromS: END_S },
  { name: "sql", memoryMib: 320, programMib: 40, dataMib: [200, 200], idleFromS: IDLE_FROM_S },
  { name: "web", memoryMib: 192, programMib: 30, dataMib: [80, 120], idleFromS: END_S },
];
const SQL = SERVERS.findIndex(({ name }) => name === "sql") + 1;

/** Boots by zeroing all of its memory, as Windows does, and then works. */
function serverVm({ name, memoryMib, programMib, dataMib, idleFromS }: Server): Form {
  const accesses = (seconds: number): number => (seconds * NS_PER_S) / ACCESS_NS;
  const zero = { kind: "sequential", pages: mib(memoryMib * 0.96), writeRatio: 0 };
  const load = { kind: "sequential", pages: mib(programMib), writeRatio: 0 };
  const [fromPages, toPages] = [mib(dataMib[0]), mib(dataMib[1])];
  const work = { kind: "ramp", fromPages, toPages, accesses: accesses(idleFromS - WORK_FROM_S) };
  const afterBoot = (workload: Form): Form => ({
    kind: "phases",
    phases: [{ kind: "idle", ns: WORK_FROM_S * NS_PER_S }, workload],
  });
  return {
    name,
    memory: mib(memoryMib),
    reservationPages: mib(memoryMib / 2),
    shares: memoryMib,
    processes: [
      {
        name: "boot",
        accessNs: Math.round((BOOT_S * NS_PER_S) / ((memoryMib * 0.96 * 2 ** 20) / SCALE / PAGE_BYTES)),
        workload: zero,
      },
      { name: "programs", image: { name: "windows", commonFraction: 0.5 }, accessNs: "10 ms", workload: afterBoot(load) },
      { name: "data", accessNs: ACCESS_NS, workload: afterBoot(work) },
    ],
  };
}

/** What is assumed and may be changed. */
type Assumed = { readonly memoryStateMargin: number; readonly headroomFraction: number; readonly lookaheadNs: number };
const ASSUMED: Assumed = { memoryStateMargin: 0.125, headroomFraction: 0.125, lookaheadNs: 100_000 };

async function run(testBench: TestBench, assumed: Assumed): Promise<readonly WatchedMoment[]> {
  const { memoryStateMargin, headroomFraction, lookaheadNs } = assumed;
  const watch = new MetricWatch(SAMPLE_S * NS_PER_S);
  const scenario = {
    name: "reallocation",
    sampleNs: 0,
    durationNs: END_S * NS_PER_S,
    lookaheadNs,
    host: { memory: mib(HOST_MIB), swapDevice: "hdd", memoryStates: "esx2", memoryStateMargin },
    vms: SERVERS.map((server) => serverVm(server)),
  };
  const esx = testBench.policy("esx");
  const policy = withoutDriversUntil(esx, WORK_FROM_S * NS_PER_S, readParameters(esx.parameters, { headroomFraction }, "").values);
  await testBench.simulate({ scenario, policy, onBatch: watch.onBatch });
  return watch.moments;
}

const swapped = (moment: WatchedMoment): number => mibOf(SERVERS.reduce((sum, _, index) => sum + moment.vm(index + 1, "swappedPages"), 0));
const ballooned = (moment: WatchedMoment): number =>
  mibOf(SERVERS.reduce((sum, _, index) => sum + moment.vm(index + 1, "balloonSizePages"), 0));
const seconds = ({ timeNs }: WatchedMoment): number => timeNs / NS_PER_S;

const figure8 = defineCheck({
  id: "reallocation.figure-8",
  title: "1,472 MB configured on 1 GB: a boot storm of zero pages is shared away, then memory moves to who works",
  source:
    "C. A. Waldspurger, OSDI 2002, figure 8: 325 MB of zero pages shared and 35 MB swapped in the storm; later high and soft nearly always; the idle SQL VM falls to its min of 160 MB",
  confidence: "field",
  method: `Five Windows VMs under \`esx\` with its defaults. Each zeroes its memory in ${BOOT_S} s; its balloon driver and its work begin after ${WORK_FROM_S} s. SQL is idle from ${IDLE_FROM_S} s on, when the others need more. What they work on is assumed. Scaled 1:${SCALE} in memory.`,
  isQuick: false,
  figures: {
    "shared away in the storm": { unit: "MiB", expected: compare(325) },
    "swapped in the storm": { unit: "MiB", expected: compare(35) },
    "high or soft after the storm": { unit: "% of the time", expected: compare() },
    "SQL at the end": { unit: "MiB", expected: compare(160) },
  },
  run: async (testBench) => {
    const moments = await run(testBench, ASSUMED);
    const storm = moments.filter((moment) => seconds(moment) <= STORM_S);
    const later = moments.filter((moment) => seconds(moment) > STORM_S);
    const calm = later.filter((moment) => [MemoryState.High, MemoryState.Soft].includes(moment.host("memoryState") as 0));
    return {
      figures: {
        "shared away in the storm": Math.max(...storm.map((moment) => mibOf(moment.host("savedPages")))),
        "swapped in the storm": swappedInStorm(moments),
        "high or soft after the storm": (100 * calm.length) / later.length,
        "SQL at the end": mibOf(moments.at(-1)?.vm(SQL, "residentPages") ?? Number.NaN),
      },
      charts: [hostChart(moments), serverChart(moments)],
      sensitivity: await sensitivity(testBench, swappedInStorm(moments)),
    };
  },
});

function swappedInStorm(moments: readonly WatchedMoment[]): number {
  return Math.max(...moments.filter((moment) => seconds(moment) <= STORM_S).map(swapped));
}

async function sensitivity(testBench: TestBench, asAssumed: number): Promise<SensitivityRow[]> {
  const swappedWith = async (changes: Partial<Assumed>): Promise<number> =>
    swappedInStorm(await run(testBench, { ...ASSUMED, ...changes }));
  const row = async (parameter: string, name: keyof Assumed, unit: string): Promise<SensitivityRow> => ({
    parameter,
    assumed: `${ASSUMED[name]} ${unit}`,
    figure: "swapped in the storm (MiB)",
    halved: await swappedWith({ [name]: ASSUMED[name] / 2 }),
    asAssumed,
    doubled: await swappedWith({ [name]: ASSUMED[name] * 2 }),
  });
  return [
    await row("margin on the way up between memory states", "memoryStateMargin", "of the mark"),
    await row("reclamation beyond the mark", "headroomFraction", "of the mark"),
    await row("how far hits run ahead of the VM furthest behind", "lookaheadNs", "ns"),
  ];
}

function lineOf(moments: readonly WatchedMoment[], value: (moment: WatchedMoment) => number): [number, number][] {
  return moments.map((moment) => [seconds(moment) / 60, value(moment)]);
}

function hostChart(moments: readonly WatchedMoment[]): LineChart {
  return {
    kind: "lines",
    name: "reallocation-host",
    title: "A boot storm on an overcommitted host",
    description:
      "Five Windows VMs with 1,472 MiB on 1 GiB zero their memory when they boot. After figure 8 of C. A. Waldspurger, OSDI 2002.",
    x: { label: "simulated time (min)", to: END_S / 60 },
    y: { label: "memory (MiB)" },
    lines: [
      { name: "saved by sharing", shape: "step", points: lineOf(moments, (moment) => mibOf(moment.host("savedPages"))) },
      { name: "ballooned", shape: "step", points: lineOf(moments, ballooned) },
      { name: "swapped out", shape: "step", points: lineOf(moments, swapped) },
      { name: "free", shape: "step", points: lineOf(moments, (moment) => mibOf(moment.host("freePages"))) },
    ],
  };
}

function serverChart(moments: readonly WatchedMoment[]): LineChart {
  return {
    kind: "lines",
    name: "reallocation-vms",
    title: "Memory moves to the VMs that work",
    description:
      "Memory of each VM; SQL is idle from minute 15 on, and falls to the half of its memory that is reserved for it. After figure 8 of C. A. Waldspurger, OSDI 2002.",
    x: { label: "simulated time (min)", to: END_S / 60 },
    y: { label: "resident memory (MiB)", from: 0 },
    lines: SERVERS.map(({ name }, index) => ({
      name,
      shape: "step",
      points: lineOf(moments, (moment) => mibOf(moment.vm(index + 1, "residentPages"))),
    })),
    marks: [{ x: 15, label: "SQL idle" }],
  };
}

export const reallocationChecks: readonly Check[] = [figure8];
