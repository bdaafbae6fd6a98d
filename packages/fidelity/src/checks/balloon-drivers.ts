import { EventCode } from "@ballast/core/events";
import { RealUse } from "@ballast/core/memory";
import type { Policy } from "@ballast/core/policy";
import { NS_PER_MS, NS_PER_S, PAGE_BYTES } from "@ballast/core/units";
import type { Line } from "../chart/chart.ts";
import { type Check, defineCheck } from "../check.ts";
import { exactly } from "../expectation.ts";
import type { TestBench } from "../lab/test-bench.ts";
import { observer } from "../lab/observer.ts";
import { freePageReporting } from "./free-page-reporting.ts";

type Form = Readonly<Record<string, unknown>>;

const GIB_PAGES = 2 ** 30 / PAGE_BYTES;

/** One change of a balloon, at a poll or by a batch. */
type Change = {
  readonly timeNs: number;
  readonly pages: number;
  readonly sizePages: number;
  readonly kind: "grown" | "shrunk" | "refused";
};

const CHANGES: Readonly<Record<number, Change["kind"]>> = {
  [EventCode.BalloonInflated]: "grown",
  [EventCode.BalloonDeflated]: "shrunk",
  [EventCode.BalloonDeflatedOnOom]: "shrunk",
  [EventCode.BalloonAllocationRefused]: "refused",
};

/** Asks the first VM for a number of pages, whatever its driver's cap. */
function askFor(pages: number): Policy {
  return {
    ...observer(["balloon"], NS_PER_S),
    create: () => ({
      decide: ({ vms }) => vms.map(({ vm }) => ({ kind: "SetBalloonTarget", vm, pages, reason: "as much as it gives" })),
      save: () => null,
      load: () => {},
    }),
  };
}

async function watchBalloon({ simulate }: TestBench, scenario: Form, policy?: Policy): Promise<Change[]> {
  const changes: Change[] = [];
  await simulate({
    scenario,
    ...(policy === undefined ? {} : { policy }),
    onBatch: ({ length, types, timesNs, a, b }) => {
      for (let i = 0; i < length; i++) {
        const kind = CHANGES[types[i] ?? 0];
        if (kind !== undefined) changes.push({ timeNs: timesNs[i] ?? 0, pages: a[i] ?? 0, sizePages: b[i] ?? 0, kind });
      }
    },
  });
  return changes;
}

type Guest = {
  readonly configuredPages: number;
  readonly targetPages: number;
  readonly balloon: Form;
  readonly workload?: Form;
  readonly vm?: Form;
};

/** A guest whose balloon gets its target after half a second. */
function guestWith({ configuredPages, targetPages, balloon, workload, vm }: Guest, more: Form = {}): Form {
  const processes = [{ virtualPages: configuredPages, accessNs: "1 us", workload: workload ?? { kind: "idle", ns: "30 s" } }];
  return {
    name: "balloon-driver",
    sampleNs: 0,
    durationNs: "30 s",
    host: { framePages: 2 * configuredPages },
    vms: [{ configuredPages, balloon, processes, ...vm }],
    policy: "no-reclaim",
    script: [{ atNs: "500 ms", command: { kind: "setBalloonTarget", vm: 1, pages: targetPages } }],
    ...more,
  };
}

const grownIn = (changes: readonly Change[]): Change[] => changes.filter(({ kind }) => kind === "grown");

/** Size by time, from before the first change on. */
function lineOf(name: string, changes: readonly Change[]): Line {
  const points = changes.map(({ timeNs, sizePages }): [number, number] => [timeNs / NS_PER_S, (sizePages * PAGE_BYTES) / 2 ** 20]);
  return { name, shape: "step", points: [[0, 0], ...thin(points), [20, points.at(-1)?.[1] ?? 0]] };
}

/** A batch of 256 pages is far below what a chart shows. */
function thin(points: readonly [number, number][]): [number, number][] {
  const each = Math.ceil(points.length / 100);
  return points.filter((_, index) => index % each === 0 || index === points.length - 1);
}

const vmware = defineCheck({
  id: "balloon.vmware-driver",
  title: "ESX's driver in Linux 2.6.34: a poll a second, 16,384 pages and one more, so that 1 GiB takes 16 polls",
  source: "Linux 2.6.34, drivers/misc/vmware_balloon.c, version 1.2; the cap: VMware, sched.mem.maxmemctl",
  confidence: "published",
  method: "A VM of 2 GiB with nothing else to do is to give up 1 GiB, and gets it back; then one of 1,000 pages is to give up what it can.",
  isQuick: false,
  figures: {
    "polls to inflate by 1 GiB": { unit: "polls", expected: exactly(16) },
    "pages at a poll": { unit: "pages", expected: exactly(16_385) },
    "pages given back at a poll": { unit: "pages", expected: exactly(16_384) },
    "largest balloon when a policy asks for 90 %": { unit: "% of the VM", expected: exactly(65) },
  },
  run: async (testBench) => {
    const guest = { configuredPages: 2 * GIB_PAGES, targetPages: GIB_PAGES, balloon: { driver: "vmware" } };
    const back = { atNs: "20 s", command: { kind: "setBalloonTarget", vm: 1, pages: 0 } };
    const scenario = guestWith(guest);
    const changes = await watchBalloon(testBench, { ...scenario, script: [...(scenario["script"] as Form[]), back] });
    const grown = grownIn(changes);
    const small = { configuredPages: 1000, targetPages: 0, balloon: { driver: "vmware", minFreePages: 0 } };
    const capped = grownIn(await watchBalloon(testBench, guestWith(small), askFor(900)));
    const virtio = grownIn(await watchBalloon(testBench, guestWith({ ...guest, balloon: { driver: "virtio" } })));
    return {
      figures: {
        "polls to inflate by 1 GiB": grown.length,
        "pages at a poll": grown[0]?.pages ?? Number.NaN,
        "pages given back at a poll": changes.find(({ kind }) => kind === "shrunk")?.pages ?? Number.NaN,
        "largest balloon when a policy asks for 90 %": (100 * (capped.at(-1)?.sizePages ?? Number.NaN)) / small.configuredPages,
      },
      charts: [
        {
          kind: "lines",
          name: "balloon-drivers",
          title: "How fast 1 GiB goes into a balloon",
          description:
            "A VM of 2 GiB with ample free memory is asked for 1 GiB after half a second. The driver of Linux 2.6.34 for ESX takes what it may at each poll; virtio's works without a pause.",
          x: { label: "simulated time (s)", to: 20 },
          y: { label: "balloon (MiB)" },
          lines: [lineOf("vmware", grown), lineOf("virtio", virtio)],
        },
      ],
    };
  },
});

const PRESSED = { pages: 40_000, inUse: 30_000, target: 26_000 };

/** A driver that has taken all free pages of a guest whose other pages are dirty, or cannot be given up at all. */
function pressedGuest(canReclaim: boolean): Guest {
  const dirty = [{ kind: "sequential", pages: PRESSED.inUse, writeRatio: 1 }];
  return {
    configuredPages: PRESSED.pages,
    targetPages: PRESSED.target,
    balloon: { driver: "vmware" },
    workload: { kind: "phases", phases: [...(canReclaim ? dirty : []), { kind: "idle", ns: "40 s" }] },
    vm: { kernelPages: canReclaim ? 0 : PRESSED.inUse },
  };
}

/**
 * What grows at each poll after a guest without any page to give up has refused at polls 2 to `polls`, has got 6,000 pages
 * back at the next, and is asked for all again.
 */
async function recover(testBench: TestBench, polls: number): Promise<number[]> {
  const scenario = guestWith(pressedGuest(false));
  const more = [
    { atNs: `${polls + 0.5} s`, command: { kind: "setBalloonTarget", vm: 1, pages: 3600 } },
    { atNs: `${polls + 1.5} s`, command: { kind: "setBalloonTarget", vm: 1, pages: PRESSED.target } },
  ];
  const changes = await watchBalloon(testBench, { ...scenario, script: [...(scenario["script"] as Form[]), ...more] });
  const shrunkNs = changes.find(({ kind }) => kind === "shrunk")?.timeNs ?? Number.NaN;
  return grownIn(changes).flatMap(({ timeNs, pages }) => (timeNs > shrunkNs ? [pages] : []));
}

const slowRates = defineCheck({
  id: "balloon.vmware-driver-under-pressure",
  title:
    "After a failed allocation ESX's driver is slow for 4 polls: 2,048 pages, halved after each failure down to 512, and 16 more after each poll without",
  source: "Linux 2.6.34, drivers/misc/vmware_balloon.c, version 1.2",
  confidence: "published",
  method: `A VM of ${PRESSED.pages} pages, all but 10,000 of them in use, is to give up ${PRESSED.target}; the first poll runs out of free pages. The pages in use are dirty, or the guest can give none of them up: then it fails at one, or at three polls, gets 6,000 pages back at the next, and is asked for all again. Each poll takes its rate and one page more. The failed poll and that of giving back are slow polls, too.`,
  isQuick: true,
  figures: {
    "failed allocations by the second poll": { unit: "times", expected: exactly(2) },
    "pages at a slow poll": { unit: "pages", expected: exactly(2048) },
    "after one failure": { unit: "pages", expected: exactly(1024 + 1) },
    "at the next poll": { unit: "pages", expected: exactly(1024 + 16 + 1) },
    "after three failures": { unit: "pages", expected: exactly(512 + 1) },
    "and at the next poll": { unit: "pages", expected: exactly(512 + 16 + 1) },
    "slow polls after a failure": { unit: "polls", expected: exactly(4) },
  },
  run: async (testBench) => {
    const changes = await watchBalloon(testBench, guestWith(pressedGuest(true)));
    const [, second] = grownIn(changes);
    const refused = changes.filter(({ kind, timeNs }) => kind === "refused" && timeNs <= (second?.timeNs ?? 0));
    const [once, thrice] = [await recover(testBench, 2), await recover(testBench, 4)];
    return {
      figures: {
        "failed allocations by the second poll": refused.length,
        "pages at a slow poll": second?.pages ?? Number.NaN,
        "after one failure": once[0] ?? Number.NaN,
        "at the next poll": once[1] ?? Number.NaN,
        "after three failures": thrice[0] ?? Number.NaN,
        "and at the next poll": thrice[1] ?? Number.NaN,
        "slow polls after a failure": 2 + once.findIndex((pages) => pages > 2049),
      },
    };
  },
});

const virtio = defineCheck({
  id: "balloon.virtio-driver",
  title: "virtio-balloon: batches of 256 pages, another attempt 200 ms after a failure, 256 pages back before the guest runs out",
  source: "Linux, drivers/virtio/virtio_balloon.c",
  confidence: "published",
  method: "A guest of 2,000 pages, 1,000 of them its kernel's, is asked for 1,500; then its process needs memory that the balloon holds.",
  isQuick: true,
  figures: {
    "pages in a batch": { unit: "pages", expected: exactly(256) },
    "until the next attempt": { unit: "ms", expected: exactly(200) },
    "given back in one step": { unit: "pages", expected: exactly(256) },
  },
  run: async (testBench) => {
    const balloon = { driver: "virtio", deflateOnOom: true, minFreePages: 0 };
    const workload = {
      kind: "phases",
      phases: [
        { kind: "idle", ns: "2 s" },
        { kind: "sequential", pages: 200, writeRatio: 1 },
      ],
    };
    const guest = { configuredPages: 2000, targetPages: 1500, balloon, workload, vm: { kernelPages: 1000 } };
    const changes = await watchBalloon(testBench, guestWith(guest));
    const refused = changes.filter(({ kind }) => kind === "refused");
    // The first refusal cuts a batch short, whose pages still take their time.
    const waitNs = (refused[2]?.timeNs ?? Number.NaN) - (refused[1]?.timeNs ?? Number.NaN);
    return {
      figures: {
        "pages in a batch": grownIn(changes)[0]?.pages ?? Number.NaN,
        "until the next attempt": Math.round(waitNs / NS_PER_MS),
        "given back in one step": changes.find(({ kind }) => kind === "shrunk")?.pages ?? Number.NaN,
      },
    };
  },
});

const pop = defineCheck({
  id: "balloon.pop",
  title: "The driver polls once a second; a page of the balloon that the guest touches leaves it and gets a zeroed frame",
  source: "C. A. Waldspurger, OSDI 2002, section 3.2",
  confidence: "published",
  isQuick: true,
  figures: {
    "pages in the balloon before": { unit: "pages", expected: exactly(100) },
    "and after": { unit: "pages", expected: exactly(99) },
    "frames that came back": { unit: "pages", expected: exactly(1) },
    "a target set after 0.5 s is learned after": { unit: "s", expected: exactly(1), noProof: "configuration" },
  },
  run: async ({ simulate }) => {
    const guest = { configuredPages: 1000, targetPages: 100, balloon: { driver: "simple" }, vm: { kernelPages: 0 } };
    const scenario: Form = { ...guestWith(guest), durationNs: "3 s" };
    let learnedNs = Number.NaN;
    const { machine } = await simulate({
      scenario,
      onBatch: ({ length, types, timesNs }) => {
        for (let i = 0; i < length; i++) if (types[i] === EventCode.BalloonTargetLearned) learnedNs = timesNs[i] ?? Number.NaN;
      },
    });
    const pinned = machine.vm(1).use.findLastIndex((use) => use === RealUse.Balloon);
    const touch = { atNs: "2.9 s", command: { kind: "touchRealPage", vm: 1, realPage: pinned } };
    const popped = await simulate({ scenario: { ...scenario, script: [...(scenario["script"] as Form[]), touch] } });
    return {
      figures: {
        "pages in the balloon before": machine.vm(1).balloonSizePages,
        "and after": popped.machine.vm(1).balloonSizePages,
        "frames that came back": popped.machine.vm(1).residentPages - machine.vm(1).residentPages,
        "a target set after 0.5 s is learned after": learnedNs / NS_PER_S,
      },
    };
  },
});

export const balloonDriverChecks: readonly Check[] = [vmware, slowRates, virtio, freePageReporting, pop];
