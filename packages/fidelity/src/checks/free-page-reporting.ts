import { EventCode } from "@ballast/core/events";
import { NS_PER_S } from "@ballast/core/units";
import { defineCheck } from "../check.ts";
import { exactly, within } from "../expectation.ts";

const BLOCK_PAGES = 512;
const FREED_BLOCKS = 40;
const PAGES = 64 * BLOCK_PAGES;

/** A process touches forty blocks of memory and exits after a second; the other continues with little. */
const SCENARIO = {
  name: "free-page-reporting",
  sampleNs: 0,
  durationNs: "10 s",
  host: { framePages: 2 * PAGES },
  vms: [
    {
      configuredPages: PAGES,
      kernelPages: 0,
      replacement: "clock",
      balloon: { driver: "virtio", reporting: true },
      processes: [
        {
          atEnd: "exit",
          accessNs: "1 us",
          workload: {
            kind: "phases",
            phases: [
              { kind: "sequential", pages: FREED_BLOCKS * BLOCK_PAGES, writeRatio: 1 },
              { kind: "idle", ns: "1 s" },
            ],
          },
        },
      ],
    },
  ],
  policy: "no-reclaim",
};

type Report = { readonly timeNs: number; readonly pages: number; readonly blocks: number };

export const freePageReporting = defineCheck({
  id: "balloon.free-page-reporting",
  title: "Free page reporting: blocks of order 9 that were free for 2 s, 32 at a time",
  source: "Linux, mm/page_reporting.c; virtio specification, VIRTIO_BALLOON_F_PAGE_REPORTING",
  confidence: "published",
  method: `A process that has touched ${FREED_BLOCKS} blocks exits.`,
  isQuick: true,
  figures: {
    "pages of a block": { unit: "pages", expected: exactly(2 ** 9) },
    "blocks in the first call": { unit: "blocks", expected: exactly(32) },
    "blocks in all": { unit: "blocks", expected: exactly(FREED_BLOCKS) },
    "from the exit to the first call": { unit: "s", expected: within(2, 0.01) },
    "frames that the VM still has": { unit: "pages", expected: exactly(0) },
  },
  run: async ({ simulate }) => {
    const reports: Report[] = [];
    let exitNs = Number.NaN;
    const { machine } = await simulate({
      scenario: SCENARIO,
      onBatch: ({ length, types, timesNs, a, c }) => {
        for (let i = 0; i < length; i++) {
          if (types[i] === EventCode.ProcessFinished) exitNs = timesNs[i] ?? Number.NaN;
          else if (types[i] === EventCode.FreePagesReported) {
            reports.push({ timeNs: timesNs[i] ?? 0, pages: a[i] ?? 0, blocks: c[i] ?? 0 });
          }
        }
      },
    });
    const [first] = reports;
    return {
      figures: {
        "pages of a block": (first?.pages ?? Number.NaN) / (first?.blocks ?? Number.NaN),
        "blocks in the first call": first?.blocks ?? Number.NaN,
        "blocks in all": reports.reduce((sum, { blocks }) => sum + blocks, 0),
        "from the exit to the first call": ((first?.timeNs ?? Number.NaN) - exitNs) / NS_PER_S,
        "frames that the VM still has": machine.vm(1).residentPages,
      },
    };
  },
});
