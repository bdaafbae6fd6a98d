import { DEVICE_PROFILES } from "@ballast/core/scenario";
import { NS_PER_S, PAGE_BYTES } from "@ballast/core/units";
import { changeParameters } from "../../lab/change-policy.ts";
import type { TestBench } from "../../lab/test-bench.ts";
import { MetricWatch, type WatchedMoment } from "../../lab/watch-metrics.ts";

type Form = Readonly<Record<string, unknown>>;

export const VM_MIB = 256;
export const SHARED_MIB = 358;
/** What the busy VM works on: all but its kernel's pages. What the idle one has touched, and what it continues to use. */
const WORKING_MIB = 252;
const TOUCHED_MIB = 240;
export const IDLE_MIB = 10;
const GROWING_S = 200;
/** Before all else the idle VM is alone, so that estimates have forgotten how it filled its memory. */
const ALONE_S = 600;
const SAMPLE_S = 15;

/** What may be changed to see how the results move. */
export type Setup = {
  /** Memory is divided by it. */
  readonly scale: number;
  /** Factor on the time of the busy VM's accesses and of its disk: fewer of both show the same. */
  readonly slowness: number;
  /** Time of an access besides faults: what makes the work rise as dbench's did (calibrated). */
  readonly accessNs: number;
  readonly sampling?: Form;
  readonly memoryStateMargin?: number;
  /** Parameters of `esx`. */
  readonly policy?: Form;
};

/** From which time on which tax rate holds, until the end; 0 is when the busy VM begins. */
export type TaxRates = { readonly steps: readonly (readonly [fromS: number, taxRate: number])[]; readonly endS: number };

export type Points = readonly (readonly [timeS: number, value: number])[];
/** Memory in MiB, and accesses per second of the busy VM. */
export type TwoVmsRun = { readonly idle: Points; readonly busy: Points; readonly throughput: Points };

/** ESX keeps its high mark free, and this much beyond: so much must be there besides what is shared. */
const KEPT_FREE = 0.06 * (1 + 0.125);

/** A VM that has touched nearly all of its memory and continues to use little of it, and one that continues to use nearly all. */
function twoVms({ scale, slowness, accessNs, sampling = {}, memoryStateMargin }: Setup, workS: number): Form {
  const endS = ALONE_S + workS;
  const scaled = (mib: number): number => Math.round((mib * 2 ** 20) / PAGE_BYTES / scale);
  const busyAccessNs = slowness * accessNs;
  const accesses = (seconds: number): number => Math.ceil((seconds * NS_PER_S) / busyAccessNs);
  const { ssd } = DEVICE_PROFILES;
  const disk = { readNs: slowness * ssd.spec.readNs, writeNs: slowness * ssd.spec.writeNs, queueDepth: ssd.spec.queueDepth };
  const touch = { kind: "sequential", pages: scaled(TOUCHED_MIB), writeRatio: 1 };
  const idle = [touch, { kind: "uniform", pages: scaled(IDLE_MIB), accesses: endS * 1000 }];
  // The busy VM grows slowly, so that balloons can follow and nothing is paged out meanwhile.
  const grow = { kind: "ramp", fromPages: 1, toPages: scaled(WORKING_MIB), accesses: accesses(GROWING_S) };
  const busy = [grow, { kind: "uniform", pages: scaled(WORKING_MIB), accesses: accesses(workS) }];
  const vm = (name: string, startNs: string, vmAccessNs: number, phases: readonly Form[]): Form => ({
    name,
    disk,
    configuredPages: scaled(VM_MIB),
    shares: 1000,
    startNs,
    processes: [{ accessNs: vmAccessNs, workload: { kind: "phases", phases } }],
  });
  const states = { memoryStates: "esx2", ...(memoryStateMargin === undefined ? {} : { memoryStateMargin }) };
  return {
    name: "idle-tax",
    sampleNs: SAMPLE_S * NS_PER_S,
    durationNs: endS * NS_PER_S,
    host: { framePages: Math.round(scaled(SHARED_MIB) / (1 - KEPT_FREE)), swapDevice: "ssd", sampling, ...states },
    vms: [vm("idle", "0 s", NS_PER_S / 1000, idle), vm("busy", `${ALONE_S} s`, busyAccessNs, busy)],
  };
}

export async function runTwoVms(testBench: TestBench, { steps, endS }: TaxRates, setup: Setup): Promise<TwoVmsRun> {
  const watch = new MetricWatch(SAMPLE_S * NS_PER_S);
  const settings = steps.map(([fromS, taxRate]) => ({
    fromNs: fromS === 0 ? 0 : (ALONE_S + fromS) * NS_PER_S,
    parameters: { pageSharing: false, ...setup.policy, taxRate },
  }));
  const policy = changeParameters(testBench.policy("esx"), settings);
  await testBench.simulate({ scenario: twoVms(setup, endS), policy, onBatch: watch.onBatch });
  const { moments } = watch;
  const held = (vm: number) => (moment: WatchedMoment) => (moment.vm(vm, "residentPages") * PAGE_BYTES * setup.scale) / 2 ** 20;
  const rate = (moment: WatchedMoment, index: number): number =>
    (moment.vm(2, "accesses") - (moments[index - 1]?.vm(2, "accesses") ?? 0)) / SAMPLE_S;
  const points = (of: (moment: WatchedMoment, index: number) => number): Points =>
    moments.map((moment, index) => [moment.timeNs / NS_PER_S - ALONE_S, of(moment, index)] as const).filter(([timeS]) => timeS >= 0);
  return { idle: points(held(1)), busy: points(held(2)), throughput: points(rate) };
}

/** The mean over the last of the time before a simulated time. */
export function meanBefore(points: Points, endS: number, overS: number): number {
  const values = points.filter(([timeS]) => timeS > endS - overS && timeS <= endS).map(([, value]) => value);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
