import fc from "fast-check";
import {
  type BalloonSpec,
  DEVICE_PROFILES,
  type DeviceSpec,
  type HostSpec,
  REPLACEMENT_NAMES,
  type Scenario,
  type ScriptedCommand,
  type VmSpec,
  type WatermarkSpec,
} from "../scenario/index.ts";
import { filesArbitrary, workloadArbitrary } from "./random-workload.ts";
import { references, smallHost, smallScenario, smallVm } from "./small-scenario.ts";

const MAX_KERNEL_PAGES = 2;

/** Marks that leave a page to use. */
function watermarksArbitrary(usablePages: number): fc.Arbitrary<WatermarkSpec | null> {
  const page = fc.nat(Math.min(6, usablePages - 1));
  const marks = fc.tuple(page, page, page).map((drawn) => {
    const [minPages, lowPages, highPages] = drawn.sort((x, y) => x - y);
    return { minPages, lowPages, highPages };
  });
  return fc.oneof(fc.constant(null), marks);
}

/**
 * Slow and fast ones, with and without a seek, one request at a time or several. None as slow as a disk with seeks: the
 * policy decides every 200 us, so that a few hundred faults would be too many decisions to check.
 */
const deviceArbitrary: fc.Arbitrary<DeviceSpec> = fc.oneof(
  fc.constantFrom<DeviceSpec>(DEVICE_PROFILES.ssd.spec, DEVICE_PROFILES["compressed-memory"].spec),
  fc.record({
    readNs: fc.constantFrom(0, 7_000),
    writeNs: fc.constantFrom(0, 3_000),
    sequentialNs: fc.constantFrom(null, 100),
    queueDepth: fc.integer({ min: 1, max: 3 }),
    bandwidthBytesPerS: fc.constantFrom(null, 1_000_000_000),
  }),
);

const pollNs = fc.constantFrom(20_000, 100_000, 1_000_000);
const capFraction = fc.constantFrom(0.5, 0.65, 1);
const fewPages = fc.integer({ min: 1, max: 16 });
const minFreePages = fc.integer({ min: 0, max: 3 });

const reporting = fc.record({
  order: fc.integer({ min: 0, max: 2 }),
  delayNs: fc.constantFrom(0, 40_000),
  blocksAtOnce: fc.integer({ min: 1, max: 3 }),
});

/** Drivers whose figures fit VMs of a few pages. */
const balloonArbitrary: fc.Arbitrary<BalloonSpec> = fc.oneof(
  fc.record({ driver: fc.constant("simple" as const), pollNs, pollPages: fewPages, capFraction }),
  fc.record({
    driver: fc.constant("vmware" as const),
    pollNs,
    capFraction,
    minFreePages,
    noSleepPages: fewPages,
    allocLeastPages: fc.integer({ min: 1, max: 2 }),
    allocMostPages: fc.integer({ min: 2, max: 8 }),
    allocStepPages: fc.integer({ min: 1, max: 3 }),
    slowPolls: fc.integer({ min: 1, max: 4 }),
    freePages: fewPages,
  }),
  fc.record({
    driver: fc.constant("virtio" as const),
    notifyNs: fc.constantFrom(0, 30_000),
    capFraction,
    minFreePages,
    batchPages: fewPages,
    retryNs: fc.constantFrom(20_000, 200_000),
    deflateOnOom: fc.boolean(),
    oomPages: fewPages,
    reporting: fc.option(reporting),
  }),
);

/** How large VMs are, in pages, and whether the hypervisor may back some with large pages. */
type Sizes = { readonly min: number; readonly max: number; readonly minFrames: number; readonly largePages: boolean };
const SMALL: Sizes = { min: 4, max: 24, minFrames: 8, largePages: false };
const LARGE: Sizes = { min: 500, max: 1600, minFrames: 600, largePages: true };

function vmArbitrary(index: number, sizes: Sizes): fc.Arbitrary<VmSpec> {
  return fc.tuple(fc.integer(sizes), filesArbitrary).chain(([configuredPages, files]) => {
    const virtualPages = fc.integer({ min: 1, max: 2 * configuredPages });
    const process = virtualPages.chain((pages) =>
      fc.record({
        backed: fc.constantFrom(
          { backing: "anonymous" as const, image: null },
          { backing: "file" as const, image: null },
          { backing: "file" as const, image: { name: "linux", commonFraction: 1 } },
          { backing: "file" as const, image: { name: "linux", commonFraction: 0.5 } },
        ),
        name: fc.constantFrom("shell", "server"),
        virtualPages: fc.constant(pages),
        compressedFraction: fc.constantFrom(0.1, 0.4, 1),
        accessNs: fc.constantFrom(1, 100, 1000),
        atEnd: fc.constantFrom("keep" as const, "exit" as const),
        pageNames: fc.constant({}),
        workload: workloadArbitrary(pages, files),
      }),
    );
    const processes = fc.array(process, { minLength: 1, maxLength: 2 });
    return fc
      .record({
        kernelPages: fc.integer({ min: 0, max: MAX_KERNEL_PAGES }),
        replacement: fc.constantFrom(...REPLACEMENT_NAMES),
        swappiness: fc.constantFrom(0, 60, 200),
        watermarks: watermarksArbitrary(configuredPages - MAX_KERNEL_PAGES),
        referenceBitOnLoad: fc.constantFrom("set" as const, "clear" as const),
        limitPages: fc.oneof(fc.constant(configuredPages), fc.integer({ min: Math.ceil(sizes.min / 4), max: configuredPages })),
        startNs: fc.constantFrom(0, 0, 50_000),
        startJitterNs: fc.constantFrom(undefined, undefined, 80_000),
        largePages: sizes.largePages ? fc.constantFrom(true, true, false) : fc.constant(false),
        disk: deviceArbitrary,
        swapPages: fc.constantFrom(undefined, undefined, 0, 3, configuredPages),
        balloon: fc.option(balloonArbitrary),
        processes: processes.map((list) => list.map(({ backed, ...plain }) => ({ ...plain, ...backed }))),
      })
      .map(({ replacement: drawn, ...changes }) => {
        // opt is for one process and no files.
        const replacement = drawn === "opt" && (changes.processes.length !== 1 || files.length > 0) ? "random" : drawn;
        return smallVm(`vm-${index}`, configuredPages, references("0"), { ...changes, replacement, files });
      });
  });
}

const memoryStatesArbitrary = fc.oneof(
  fc.constantFrom<HostSpec["memoryStates"]>("esx2", "vsphere5", "vsphere6"),
  fc.constantFrom<HostSpec["memoryStates"]>(
    { soft: 0.06, hard: 0.04, low: 0.02 },
    { high: 0.6, clear: 0.4, soft: 0.3, hard: 0.2, low: 0.1 },
  ),
);
/** From next to nothing to much that traps: in VMs this small a low rate samples no page at all. */
const sampling = fc.record({
  periodNs: fc.constantFrom(150_000, 2_000_000, 30_000_000_000),
  pages: fc.integer({ min: 1, max: 12 }),
  slowGain: fc.constantFrom(0.1, 1),
  fastGain: fc.constantFrom(0.5, 1),
});
const reuseSampling = fc.record({
  rate: fc.constantFrom(0.000_001, 0.3, 1),
  maxPages: fc.constantFrom(null, 1, 4),
  steps: fc.constantFrom(1, 64),
});

const twoLevelOf = (sizes: Sizes): fc.Arbitrary<Scenario> =>
  fc
    .integer({ min: 1, max: 4 })
    .chain((vms) => fc.tuple(...Array.from({ length: vms }, (_, index) => vmArbitrary(index + 1, sizes))))
    .chain((vms) => {
      const configured = vms.reduce((sum, vm) => sum + vm.configuredPages, 0);
      const host = fc
        .record({
          framePages: fc.integer({ min: sizes.minFrames, max: configured + sizes.minFrames }),
          swapPages: fc.constantFrom(0, 4, 4 * configured),
          swapReservation: fc.constantFrom(false, false, true),
          limitOrder: fc.constantFrom("random" as const, "fifo" as const, "clock" as const),
          swapDevice: deviceArbitrary,
          swapPageCluster: fc.constantFrom(undefined, 1, 3),
          swapWriteClusterPages: fc.constantFrom(undefined, 1, 4, 32),
          overheadPages: fc.constantFrom(0, 2),
          vmOverheadPages: fc.constantFrom(0, 1),
          memoryStates: memoryStatesArbitrary,
          memoryStateMargin: fc.constantFrom(0, 0.125),
          sampling,
          reuseSampling,
          ageScan: fc.record({ periodNs: fc.constantFrom(null, 100_000, 700_000) }),
          compression: fc.record({
            cacheFraction: fc.constantFrom(0, 0.1, 0.5, 1),
            maxBytes: fc.constantFrom(2048, 4096),
            otherFraction: fc.constantFrom(0.1, 0.4),
          }),
        })
        .map(({ framePages, ...changes }) => smallHost(framePages, changes));
      return fc
        .record({
          host,
          seed: fc.nat(),
          mmu: fc.constantFrom("shadow" as const, "nested" as const),
          recordHits: fc.boolean(),
          sampleNs: fc.constantFrom(0, 100_000),
          lookaheadNs: fc.constantFrom(0, 10_000),
          durationNs: fc.option(fc.integer({ min: 1, max: 3_000_000 })),
          script: fc.array(scriptedArbitrary(vms), { maxLength: 3 }),
        })
        .map(({ host: spec, script, ...changes }) => {
          const ordered = [...script].sort((left, right) => left.atNs - right.atNs);
          return smallScenario(spec, vms, { ...changes, script: ordered });
        });
    });

/** Late VMs: the one command that can be given whatever has become of the others. */
function scriptedArbitrary(vms: readonly VmSpec[]): fc.Arbitrary<ScriptedCommand> {
  return fc.record({ atNs: fc.integer({ min: 1, max: 1_000_000 }), pick: fc.nat() }).map(({ atNs, pick }) => {
    const spec = vms[pick % vms.length];
    return { atNs, command: { kind: "addVm", spec: { ...spec, name: `${spec.name}-late`, startNs: 0, startJitterNs: undefined } } };
  });
}

const oneLevel: fc.Arbitrary<Scenario> = vmArbitrary(1, SMALL).chain((vm) =>
  fc.record({ seed: fc.nat(), recordHits: fc.boolean() }).map((changes) => {
    const native = { ...vm, startNs: 0, startJitterNs: undefined, balloon: null };
    return smallScenario(smallHost(vm.configuredPages), [native], { ...changes, mapping: "oneLevel" });
  }),
);

/** Small scenarios of every kind: tight hosts, little swap, several processes, odd balloons, late VMs. */
export const scenarioArbitrary: fc.Arbitrary<Scenario> = fc.oneof({ weight: 4, arbitrary: twoLevelOf(SMALL) }, oneLevel);

/** Two-level scenarios in which VMs are large enough for large pages, and some have them. */
export const largeScenarioArbitrary: fc.Arbitrary<Scenario> = twoLevelOf(LARGE);
