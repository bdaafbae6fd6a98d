import type { LineChart } from "../../chart/chart.ts";
import { defineCheck, type FigureSpec, type SensitivityRow } from "../../check.ts";
import { compare } from "../../expectation.ts";
import type { TestBench } from "../../lab/test-bench.ts";
import { IDLE_MIB, meanBefore, type Points, runTwoVms, type Setup, SHARED_MIB, type TaxRates, type TwoVmsRun, VM_MIB } from "./two-vms.ts";

/** Rates one after the other; each is measured over the end of its time. */
const STAIRS: TaxRates = {
  steps: [
    [0, 0],
    [360, 0.25],
    [540, 0.5],
    [720, 0.75],
  ],
  endS: 900,
};
const MEASURED_S = 90;
const SETUP: Setup = { scale: 16, slowness: 4, accessNs: 100_000 };

/** What the formula leaves the idle VM with, if 10 MiB of it are active and all of the busy one: A + k (P - A) = shared - P. */
function formulaMib(taxRate: number): number {
  const idleCost = 1 / (1 - taxRate);
  return Math.max(SHARED_MIB - VM_MIB, (SHARED_MIB + IDLE_MIB * (idleCost - 1)) / (1 + idleCost));
}

const mib = (value: number): FigureSpec => ({ unit: "MiB", expected: compare(value) });

export const figure7 = defineCheck({
  id: "idle-tax.figure-7",
  title: "As the tax rate goes from 0 to 0.75, memory moves from the idle VM to the busy one, which works faster",
  source:
    "C. A. Waldspurger, OSDI 2002, figure 7: 179 MB each, then memory moves; the throughput of dbench rises by over 30 %. Other rates: the formula",
  confidence: "field",
  method: `Two VMs of ${VM_MIB} MiB with equal shares and ${SHARED_MIB} MiB for both, under \`esx\`. The busy one works on all of its memory, the idle one on 10 MiB. An access of the busy one takes 100 us besides faults, its disk is a SATA SSD (calibrated). Scaled 1:${SETUP.scale} in memory and 1:${SETUP.slowness} in speed.`,
  isQuick: false,
  figures: {
    "tax rate 0: idle": mib(179),
    "tax rate 0: busy": mib(179),
    "tax rate 0.25: idle": mib(formulaMib(0.25)),
    "tax rate 0.25: busy": mib(SHARED_MIB - formulaMib(0.25)),
    "tax rate 0.5: idle": mib(formulaMib(0.5)),
    "tax rate 0.5: busy": mib(SHARED_MIB - formulaMib(0.5)),
    "tax rate 0.75: idle": mib(formulaMib(0.75)),
    "tax rate 0.75: busy": mib(VM_MIB),
    "work of the busy VM, 0 to 0.75": { unit: "% more", expected: compare(30) },
  },
  run: async (testBench) => {
    const run = await runTwoVms(testBench, STAIRS, SETUP);
    const at = (points: Points, step: number): number => meanBefore(points, STAIRS.steps[step + 1]?.[0] ?? STAIRS.endS, MEASURED_S);
    return {
      figures: {
        "tax rate 0: idle": at(run.idle, 0),
        "tax rate 0: busy": at(run.busy, 0),
        "tax rate 0.25: idle": at(run.idle, 1),
        "tax rate 0.25: busy": at(run.busy, 1),
        "tax rate 0.5: idle": at(run.idle, 2),
        "tax rate 0.5: busy": at(run.busy, 2),
        "tax rate 0.75: idle": at(run.idle, 3),
        "tax rate 0.75: busy": at(run.busy, 3),
        "work of the busy VM, 0 to 0.75": 100 * (at(run.throughput, 3) / at(run.throughput, 0) - 1),
      },
      charts: [allocationChart(run), throughputChart(run)],
      sensitivity: await sensitivity(testBench),
    };
  },
});

const MARKS = STAIRS.steps.slice(1).map(([x, rate]) => ({ x, label: `tax rate ${rate}` }));

function allocationChart(run: TwoVmsRun): LineChart {
  const formula = STAIRS.steps.map(([fromS, taxRate]): [number, number] => [fromS, formulaMib(taxRate)]);
  return {
    kind: "lines",
    name: "idle-tax-memory",
    title: "The idle memory tax moves memory to who uses it",
    description:
      "Memory of two VMs of 256 MiB with equal shares that have 358 MiB together, as the tax rate goes from 0 to 0.75. After figure 7 of C. A. Waldspurger, OSDI 2002.",
    x: { label: "simulated time since the busy VM began (s)", to: STAIRS.endS },
    y: { label: "memory (MiB)", from: 0, to: 280 },
    lines: [
      { name: "idle VM", shape: "step", points: run.idle },
      { name: "busy VM", shape: "step", points: run.busy },
      {
        name: "idle VM by the formula, 10 MiB active",
        shape: "step",
        isExpected: true,
        points: [...formula, [STAIRS.endS, formulaMib(0.75)]],
      },
    ],
    marks: MARKS,
  };
}

function throughputChart({ throughput }: TwoVmsRun): LineChart {
  return {
    kind: "lines",
    name: "idle-tax-throughput",
    title: "The busy VM works faster the more memory it has",
    description: "Accesses of the busy VM as the tax rate goes from 0 to 0.75. After figure 7 of C. A. Waldspurger, OSDI 2002.",
    x: { label: "simulated time since the busy VM began (s)", to: STAIRS.endS },
    y: { label: "accesses per second", from: 0 },
    lines: [{ name: "busy VM", shape: "step", points: throughput }],
    marks: MARKS,
  };
}

/** A smaller machine, for many runs. */
const SMALL: Setup = { scale: 64, slowness: 16, accessNs: 100_000 };
const ONE_STEP: TaxRates = {
  steps: [
    [0, 0],
    [300, 0.75],
  ],
  endS: 540,
};

/** What the idle VM is left with at 0.75 as each assumed parameter is halved and doubled. */
async function sensitivity(testBench: TestBench): Promise<SensitivityRow[]> {
  const idleMib = async (changes: Partial<Setup>): Promise<number> =>
    meanBefore((await runTwoVms(testBench, ONE_STEP, { ...SMALL, ...changes })).idle, ONE_STEP.endS, MEASURED_S);
  const asAssumed = await idleMib({});
  const row = async (
    parameter: string,
    assumed: number,
    unit: string,
    change: (value: number) => Partial<Setup>,
  ): Promise<SensitivityRow> => ({
    parameter,
    assumed: unit === "" ? String(assumed) : `${assumed} ${unit}`,
    figure: "idle VM at tax rate 0.75 (MiB), scaled 1:64",
    halved: await idleMib(change(assumed / 2)),
    asAssumed,
    doubled: await idleMib(change(assumed * 2)),
  });
  return [
    await row("gain of the slow average", 0.1, "", (slowGain) => ({ sampling: { slowGain } })),
    await row("gain of the fast averages", 0.5, "", (fastGain) => ({ sampling: { fastGain } })),
    await row("margin on the way up between memory states", 0.125, "of the mark", (memoryStateMargin) => ({ memoryStateMargin })),
    await row("reclamation beyond the mark", 0.125, "of the mark", (headroomFraction) => ({ policy: { headroomFraction } })),
    await row("least change of a balloon target", 0.02, "of the VM", (minChangeFraction) => ({
      policy: { minChangeFraction },
    })),
    await row("period of rebalancing", 15, "s", (seconds) => ({ policy: { periodMs: 1000 * seconds } })),
  ];
}
