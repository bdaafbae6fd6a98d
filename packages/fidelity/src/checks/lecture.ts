import { type Check, defineCheck } from "../check.ts";
import { compare, exactly } from "../expectation.ts";
import { EventCode } from "@ballast/core/events";
import { VmLife, walkReferences } from "@ballast/core/memory";
import type { TestBench } from "../lab/test-bench.ts";

const SOURCE = "the cloud-computing lecture this project began with";

type Form = Readonly<Record<string, unknown>>;

const PAGES = 8;

/** A process of eight pages on disk, each read and then read again. */
function readTwice(where: Form): Form {
  const references = Array.from({ length: 2 * PAGES }, (_, at) => String(at % PAGES));
  const processes = [{ virtualPages: PAGES, backing: "file", workload: { kind: "references", references } }];
  return { name: "read-twice", sampleNs: 0, policy: "no-reclaim", host: { framePages: 64 }, ...where, ...nest(where, processes) };
}

function nest({ mapping }: Form, processes: readonly Form[]): Form {
  const guest = { kernelPages: 0, processes };
  return mapping === "oneLevel" ? { os: guest } : { vms: [{ ...guest, configuredPages: 64, balloon: false }] };
}

const mappings = defineCheck({
  id: "lecture.page-mapping",
  title: "One level: no traps, a miss is fetched by the OS. Two levels: establishing a mapping traps",
  source: `${SOURCE}, figure 3.25`,
  confidence: "derived",
  method: `A process reads ${PAGES} pages of its disk, and then reads them again.`,
  isQuick: true,
  figures: {
    "one level: page misses": { unit: "pages", expected: exactly(PAGES) },
    "one level: pages fetched from disk": { unit: "pages", expected: exactly(PAGES) },
    "one level: traps": { unit: "traps", expected: exactly(0) },
    "two levels, shadow: traps at page-table updates": { unit: "traps", expected: exactly(PAGES) },
    "two levels, nested: traps at missing real map entries": { unit: "traps", expected: exactly(PAGES) },
    "two levels, nested: traps at page-table updates": { unit: "traps", expected: exactly(0) },
  },
  run: async ({ simulate }) => {
    const native = await simulate({ scenario: readTwice({ mapping: "oneLevel" }) });
    const shadow = await simulate({ scenario: readTwice({ mapping: "twoLevel", mmu: "shadow" }) });
    const nested = await simulate({ scenario: readTwice({ mapping: "twoLevel", mmu: "nested" }) });
    return {
      figures: {
        "one level: page misses": native.count("guestMajorFaults") + native.count("guestMinorFaults"),
        "one level: pages fetched from disk": native.count("pageIns"),
        "one level: traps": native.count("trapPageTableUpdate") + native.count("trapMissingRealMapEntry"),
        "two levels, shadow: traps at page-table updates": shadow.count("trapPageTableUpdate"),
        "two levels, nested: traps at missing real map entries": nested.count("trapMissingRealMapEntry"),
        "two levels, nested: traps at page-table updates": nested.count("trapPageTableUpdate"),
      },
    };
  },
});

async function countRunning({ simulate }: TestBench, overcommit: boolean): Promise<number> {
  const processes = [{ virtualPages: 16, workload: { kind: "references", references: ["w0"] } }];
  const scenario = {
    name: "overcommitment",
    sampleNs: 0,
    host: { memory: "4 GB", overheadPages: "200 MB", vmOverheadPages: "32 MB", overcommit },
    vms: [{ count: 3, memory: "2 GB", kernelPages: 0, balloon: false, processes }],
    policy: "no-reclaim",
  };
  const { machine } = await simulate({ scenario });
  return machine.vms.filter(({ life }) => life === VmLife.Finished).length;
}

const overcommitment = defineCheck({
  id: "lecture.overcommitment",
  title: "4 GB of memory, three VMs of 2 GB: one runs without overcommitment, all three with it",
  source: `${SOURCE}, figure 3.26`,
  confidence: "derived",
  method: "The hypervisor's overhead is assumed: 200 MB and, as ESX has it, 32 MB for each VM.",
  isQuick: true,
  figures: {
    "without overcommitment": { unit: "VMs that run", expected: exactly(1) },
    "with overcommitment": { unit: "VMs that run", expected: exactly(3) },
  },
  run: async (testBench) => ({
    figures: {
      "without overcommitment": await countRunning(testBench, false),
      "with overcommitment": await countRunning(testBench, true),
    },
  }),
});

const touch = (atNs: string, vm: number, virtualPage: number): Form => ({
  atNs,
  command: { kind: "touchPage", vm, process: 1, virtualPage, write: true },
});

const BALLOONING = {
  name: "four-pages",
  sampleNs: 0,
  durationNs: "3 s",
  host: { framePages: 4 },
  vms: [true, false].map((balloon) => ({
    configuredPages: 4,
    kernelPages: 0,
    replacement: "lru",
    balloon,
    processes: [{ virtualPages: 4, workload: { kind: "interactive" } }],
  })),
  policy: "no-reclaim",
};

/** Green and dark blue (2, 3) are touched first, so that they are the inactive ones; red and yellow (0, 1) last. */
const GIVING = [
  touch("10 ms", 1, 2),
  touch("20 ms", 1, 3),
  touch("30 ms", 1, 0),
  touch("40 ms", 1, 1),
  { atNs: "500 ms", command: { kind: "setBalloonTarget", vm: 1, pages: 2 } },
  touch("1.5 s", 2, 0),
  touch("1.6 s", 2, 1),
];
const UNPINNING = [{ atNs: "1.9 s", command: { kind: "setBalloonTarget", vm: 1, pages: 0 } }];

const ballooning = defineCheck({
  id: "lecture.ballooning",
  title: "Target 2: the two inactive pages are pinned, their frames go zeroed to a needy VM; a smaller target unpins",
  source: `${SOURCE}, figure 3.27`,
  confidence: "derived",
  method: "Four real pages on four frames; red and yellow are active, green and dark blue are not.",
  isQuick: true,
  figures: {
    "pinned in the balloon": { unit: "pages", expected: exactly(2) },
    "active pages still mapped": { unit: "pages", expected: exactly(2) },
    "inactive pages still mapped": { unit: "pages", expected: exactly(0) },
    "frames that the needy VM got": { unit: "pages", expected: exactly(2) },
    "of them zeroed": { unit: "pages", expected: exactly(2) },
    "pinned after target 0": { unit: "pages", expected: exactly(0) },
  },
  run: async ({ simulate }) => {
    const { machine, count } = await simulate({ scenario: { ...BALLOONING, script: GIVING } });
    const [giving, needy] = [machine.vm(1), machine.vm(2)];
    const isMapped = (page: number): boolean => (giving.process(1).pageTable[page] ?? -1) >= 0;
    const unpinned = await simulate({ scenario: { ...BALLOONING, durationNs: "5 s", script: [...GIVING, ...UNPINNING] } });
    return {
      figures: {
        "pinned in the balloon": giving.balloonSizePages,
        "active pages still mapped": [0, 1].filter(isMapped).length,
        "inactive pages still mapped": [2, 3].filter(isMapped).length,
        "frames that the needy VM got": needy.residentPages,
        "of them zeroed": count("framesZeroed", 2),
        "pinned after target 0": unpinned.machine.vm(1).balloonSizePages,
      },
    };
  },
});

/** Frames that went from one VM to another, and how many of them without being zeroed in between. */
class OwnerChanges {
  changes = 0;
  unzeroed = 0;
  private readonly lastOwner = new Map<number, number>();
  private readonly zeroed = new Set<number>();

  apply(code: number, vm: number, frame: number): void {
    if (code === EventCode.FrameZeroed) this.zeroed.add(frame);
    if (code !== EventCode.FrameMapped) return;
    const before = this.lastOwner.get(frame);
    if (before !== undefined && before !== vm) {
      this.changes++;
      if (!this.zeroed.has(frame)) this.unzeroed++;
    }
    this.zeroed.delete(frame);
    this.lastOwner.set(frame, vm);
  }
}

async function watchOwners({ simulate }: TestBench, zeroing: boolean): Promise<OwnerChanges> {
  const owners = new OwnerChanges();
  const workload = { kind: "uniform", pages: 300, accesses: 20_000, writeRatio: 0.5 };
  const scenario = {
    name: "stealing",
    sampleNs: 0,
    host: { framePages: 600, zeroing },
    vms: [{ count: 3, configuredPages: 320, kernelPages: 4, balloon: false, processes: [{ workload }] }],
    policy: "random-steal",
  };
  await simulate({
    scenario,
    onBatch: ({ length, types, vms, b }) => {
      for (let i = 0; i < length; i++) owners.apply(types[i] ?? 0, vms[i] ?? 0, b[i] ?? 0);
    },
  });
  return owners;
}

const zeroing = defineCheck({
  id: "lecture.zeroing",
  title: "A reclaimed frame is overwritten with zeros before another VM gets it",
  source: SOURCE,
  confidence: "derived",
  method: "Three VMs, overcommitted one and a half times, under random stealing. Without zeroing the same count shows what would leak.",
  isQuick: true,
  figures: {
    "frames that changed their VM": { unit: "times", expected: compare() },
    "of them without zeroing": { unit: "times", expected: exactly(0) },
    "of them without zeroing, zeroing switched off, less all": { unit: "times", expected: exactly(0) },
  },
  run: async (testBench) => {
    const owners = await watchOwners(testBench, true);
    const leaking = await watchOwners(testBench, false);
    return {
      figures: {
        "frames that changed their VM": owners.changes,
        "of them without zeroing": owners.unzeroed,
        "of them without zeroing, zeroing switched off, less all": leaking.unzeroed - leaking.changes,
      },
    };
  },
});

const walks = defineCheck({
  id: "lecture.page-walk",
  title: "A walk of two page tables, one under the other, takes n m + n + m memory references",
  source: "R. Bhargava, B. Serebrin, F. Spadini, S. Manne, ASPLOS 2008",
  confidence: "derived",
  method: "Levels of the guest's and of the host's table; without caches. A large page saves the last level.",
  isQuick: true,
  figures: {
    "one table of 4 levels": { unit: "references", expected: exactly(4) },
    "4 x 4": { unit: "references", expected: exactly(24) },
    "4 x 3": { unit: "references", expected: exactly(19) },
    "3 x 3": { unit: "references", expected: exactly(15) },
  },
  run: async () => ({
    figures: {
      "one table of 4 levels": walkReferences(4),
      "4 x 4": walkReferences(4, 4),
      "4 x 3": walkReferences(4, 3),
      "3 x 3": walkReferences(3, 3),
    },
  }),
});

export const lectureChecks: readonly Check[] = [mappings, walks, overcommitment, ballooning, zeroing];
