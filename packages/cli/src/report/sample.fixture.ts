import type { CurvePoint, MetricComparison, Report, ReportMetric, VariantCurves } from "./report.ts";

const SEEDS = [1, 2, 3, 4, 5];
const LABELS = [
  "esx",
  "ballooning",
  "mom:pressure=0.2",
  "host-swap <script>alert(1)</script>",
  "no-reclaim",
  "uncommitted",
  "bound best-partition",
];
const ROLES = ["compared", "compared", "compared", "compared", "compared", "uncommitted", "bound"] as const;

function values(base: number, spread: number): (number | null)[][] {
  return LABELS.map((_, place) =>
    SEEDS.map((seed) =>
      place === 4 && seed === 3 ? null : base * (1 + 0.18 * ((place * 7) % 5)) * (1 + spread * Math.sin(seed * 3 + place)),
    ),
  );
}

const COMPARISONS: (MetricComparison | null)[] = [
  null,
  {
    tone: "worse",
    verdict: "worse",
    difference: "12 % higher",
    interval: "10 to 14 % higher",
    relative: { value: 0.12, low: 0.1, high: 0.14 },
  },
  {
    tone: "undecided",
    verdict: "not told apart",
    difference: "2 % higher",
    interval: "3 % lower to 7 % higher",
    relative: { value: 0.02, low: -0.03, high: 0.07 },
  },
  {
    tone: "better",
    verdict: "better",
    difference: "21 % lower",
    interval: "18 to 24 % lower",
    relative: { value: -0.21, low: -0.24, high: -0.18 },
  },
  { tone: "undecided", verdict: "one seed", difference: "40 % higher", interval: null, relative: { value: 0.4, low: null, high: null } },
  null,
  null,
];

type Kind = Pick<ReportMetric, "unit" | "axis" | "better">;

function metric(title: string, base: number, { unit, axis, better }: Kind): ReportMetric {
  return {
    title,
    description: `${title} of the run, added up over its VMs & all their waits.`,
    better,
    unit,
    axis,
    values: values(base, 0.04),
    comparisons: COMPARISONS,
  };
}

function curves(label: string, shift: number): VariantCurves {
  const endNs = 1.6e9 + shift * 1e8;
  const vms = ["idle", "<b>sort</b>", "gzip"].map((name, index) => {
    const points = Array.from({ length: 160 }, (_, at): CurvePoint => {
      const balloon = Math.max(0, Math.round(1_200 * Math.sin(at / 40 + index + shift)));
      const swapped = Math.max(0, Math.round(500 * Math.cos(at / 25 - index - shift)));
      return {
        timeNs: (at * endNs) / 160,
        residentPages: 4_000 - balloon - swapped,
        balloonPages: balloon,
        swappedPages: swapped,
        faults: Math.round(20 * (1 + Math.sin(at / 9 + index))),
      };
    });
    return { vm: index + 1, name, configuredPages: 4_096, points };
  });
  const decisions = Array.from({ length: 60 }, (_, at) => ({
    timeNs: at * at * 4e5,
    vm: (at % 3) + 1,
    kind: at % 4 === 0 ? "steal pages" : "set balloon target",
  }));
  return { label, seed: 1, endNs, vms, decisions };
}

/** A report with every kind of content, and markup in every text that others write. */
export const SAMPLE: Report = {
  title: "sample <script>alert(1)</script>: esx compared with 4 other policies",
  facts: ["comparison", "5 policies", "5 seeds (1 to 5)", "35 runs", "2026-11-29"],
  headline: [
    { tone: "better", text: "host-swap is better than esx: its work time is 21 % lower (18 to 24 %)." },
    { tone: "worse", text: "ballooning is worse than esx: its work time is 12 % higher (10 to 14 %)." },
    { tone: "undecided", text: "mom:pressure=0.2 is not told apart from esx at 5 seeds; about 14 seeds would." },
    { tone: "undecided", text: "no-reclaim failed under seed 3, so that nothing is said about it." },
  ],
  variants: LABELS.map((label, place) => ({
    label,
    role: ROLES[place] ?? "compared",
    runs: SEEDS.map((seed) => ({
      seed,
      id: place === 4 && seed === 3 ? null : "01990f3c-0000-4000-8000-00000000000" + String(seed),
      status: "completed",
      events: 123_456 + seed,
      digest: "9c1185a5c5e9fc54612808977ee8f548b2258d31",
    })),
  })),
  baseline: 0,
  seeds: SEEDS,
  relativeFloor: 0.01,
  metrics: [
    metric("work time", 1.6e9, { unit: "ns", axis: { unit: "s", divisor: 1e9 }, better: "lower" }),
    metric("slowdown", 1.4, { unit: "ratio", axis: { unit: "", divisor: 1 }, better: "lower" }),
    metric("faults", 42_000, { unit: "count", axis: { unit: "", divisor: 1 }, better: "lower" }),
    metric("pages stolen", 3_100, { unit: "pages", axis: { unit: "pages", divisor: 1 }, better: null }),
  ],
  curves: ["esx", "ballooning", "mom:pressure=0.2"].map(curves),
  curvesNote: "Runs with seed 1. The variants without overcommitment and the bounds are left out.",
  policies: [
    {
      name: "esx",
      version: "0.1.0",
      description: "Shares with an idle memory tax, ballooning above the soft state and swapping below.",
      parameters: [
        {
          name: "taxRate",
          description: "share of idle memory that is taken",
          values: ["0.75"],
          isChanged: false,
          default: "0.75",
          source: "Waldspurger, OSDI 2002, section 5.2",
        },
        {
          name: "periodMs",
          description: "time between two looks & <i>decisions</i>",
          values: ["15000", "500"],
          isChanged: true,
          default: "15000",
          source: "assumed",
        },
      ],
    },
    { name: "no-reclaim", version: "0.1.0", description: "Takes nothing.", parameters: [] },
  ],
  scenario: {
    name: "sample",
    description: "Three VMs that need more memory than there is: </section><img src=x onerror=alert(1)>.",
    json: JSON.stringify({ name: "sample", host: { framePages: 20_000 }, vms: [{ name: "<b>" }] }, null, 2),
  },
  command: "ballast compare sample --policies esx,ballooning,mom:pressure=0.2,host-swap,no-reclaim --seeds 5 --bounds --report report.html",
  version: "0.1.0",
  createdAt: "2026-11-29 18:50 UTC",
  notes: ["Every variant got the same scenario and the same 5 seeds, so that under a seed all of them met the same accesses."],
};
