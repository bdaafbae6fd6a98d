import { Prng } from "@ballast/core/prng";
import { exactMissRatioCurve, type MissRatioCurve, ShardsCurve } from "@ballast/core/reuse";
import { createAccessBuffer, createStream, type Workload } from "@ballast/core/workload";
import { NS_PER_MS } from "@ballast/core/units";
import { type Check, defineCheck } from "../check.ts";
import { atMost, compare, threeStandardErrors } from "../expectation.ts";
import type { TestBench } from "../lab/test-bench.ts";
import { observer } from "../lab/observer.ts";
import { SEEDS } from "../lab/seeds.ts";

const STEPS = 128;
const PAGES = 100_000;
const ACCESSES = 1_000_000;
const RATE = 0.01;
const ZIPF: Workload = { kind: "zipf", firstPage: 0, pages: PAGES, accesses: ACCESSES, exponent: 1, writeRatio: 0 };

function pagesOf(workload: Workload): Int32Array {
  const rng = Prng.named(1, "reproduce/curves");
  const stream = createStream(workload, { accesses: rng, starts: rng }, { traces: new Map(), files: [] });
  const buffer = createAccessBuffer();
  const all = new Int32Array(ACCESSES);
  let at = 0;
  for (let count = stream.fill(buffer); count > 0; count = stream.fill(buffer)) {
    all.set(buffer.pages.subarray(0, count), at);
    at += count;
  }
  return all;
}

function samplePages(pages: Int32Array, salt: number): ShardsCurve {
  const shards = new ShardsCurve({ rate: RATE, stepPages: Math.ceil(PAGES / STEPS), steps: STEPS, salt });
  for (const page of pages) shards.touch(page);
  return shards;
}

/** The mean over all sizes of the absolute difference, as the paper measures. */
function meanError(left: MissRatioCurve, right: MissRatioCurve): number {
  const errors = left.missRatios.map((ratio, step) => Math.abs(ratio - (right.missRatios[step] ?? Number.NaN)));
  return errors.reduce((sum, error) => sum + error, 0) / errors.length;
}

const shards = defineCheck({
  id: "curves.shards",
  title: "A miss ratio curve from 1 % of the pages has a mean absolute error below 0.01",
  source: "C. A. Waldspurger, N. Park, A. Garthwaite, I. Ahmad, FAST 2015: SHARDS with the adjustment",
  confidence: "published",
  method: `Zipf over ${PAGES} pages, ${ACCESSES} accesses; another choice of pages for each seed. The mean over the seeds is the paper's measure.`,
  isQuick: false,
  figures: {
    "mean error over the seeds": { unit: "of the miss ratio", expected: atMost(0.01) },
    "largest error of any choice": { unit: "of the miss ratio", expected: compare() },
    "pages that are sampled": { unit: "of the pages touched", expected: threeStandardErrors(RATE) },
  },
  run: async () => {
    const pages = pagesOf(ZIPF);
    const exact = exactMissRatioCurve(pages, Math.ceil(PAGES / STEPS), STEPS);
    const samples = SEEDS.map((seed) => samplePages(pages, 1_000_003 * seed));
    const curves = samples.map((sampled) => sampled.curve(pages.length));
    const touchedPages = new Set(pages).size;
    const errors = curves.map((curve) => meanError(curve, exact));
    const pointsOf = ({ missRatios, stepPages }: MissRatioCurve): (readonly [number, number])[] =>
      missRatios.map((ratio, step) => [(step + 1) * stepPages, ratio] as const);
    return {
      figures: {
        "mean error over the seeds": errors.reduce((sum, error) => sum + error, 0) / errors.length,
        "largest error of any choice": Math.max(...errors),
        "pages that are sampled": samples.map(({ sampledPages }) => sampledPages / touchedPages),
      },
      charts: [
        {
          kind: "lines",
          name: "shards",
          title: "A miss ratio curve from one page in a hundred",
          description:
            "Zipf of exponent 1 over 100,000 pages, a million accesses. SHARDS looks at the pages whose hash is below a threshold (C. A. Waldspurger and others, FAST 2015).",
          x: { label: "memory (pages)", to: PAGES },
          y: { label: "misses per access", from: 0 },
          lines: [
            { name: "every access", shape: "line", points: pointsOf(exact) },
            { name: "1 % of the pages", shape: "line", isExpected: true, points: pointsOf(curves[0] ?? exact) },
          ],
        },
      ],
    };
  },
});

const VM_PAGES = 3200;
const VM_STEPS = 64;

type SeenCurve = { readonly curve: MissRatioCurve; readonly accesses: number };

/** The last curve that a policy sees of a VM, whose every access is known, too. */
async function curveInKernel({ simulate }: TestBench, rate: number): Promise<number> {
  const pages: number[] = [];
  let last: SeenCurve | undefined;
  const policy = observer(["missRatioCurve"], 10 * NS_PER_MS, ({ vms }) => {
    const curve = vms[0]?.missRatioCurve;
    if (curve !== undefined) last = { curve, accesses: pages.length };
  });
  await simulate({
    scenario: {
      name: "curve",
      sampleNs: 0,
      host: { framePages: 2 * VM_PAGES, reuseSampling: { rate, steps: VM_STEPS } },
      vms: [
        {
          configuredPages: VM_PAGES,
          kernelPages: 0,
          balloon: false,
          processes: [{ accessNs: "1 us", workload: { kind: "zipf", pages: VM_PAGES, accesses: 200_000, exponent: 0.8 } }],
        },
      ],
    },
    policy,
    onAccesses: (_vm, _process, touched, from, count) => void pages.push(...touched.subarray(from, from + count)),
  });
  if (last === undefined) return Number.NaN;
  return meanError(last.curve, exactMissRatioCurve(pages.slice(0, last.accesses), VM_PAGES / VM_STEPS, VM_STEPS));
}

const inKernel = defineCheck({
  id: "curves.in-kernel",
  title: "What a policy sees of a VM from trapped accesses is its exact curve if every page is sampled",
  source: "derived: misses by size follow from reuse distances (R. L. Mattson and others, IBM Systems Journal 9, 1970)",
  confidence: "derived",
  method: `A VM of ${VM_PAGES} pages, Zipf of exponent 0.8; mean absolute errors over ${VM_STEPS} sizes.`,
  isQuick: false,
  figures: {
    "every page sampled": { unit: "of the miss ratio", expected: atMost(1e-9) },
    "every tenth page sampled": { unit: "of the miss ratio", expected: compare() },
  },
  run: async (testBench) => ({
    figures: {
      "every page sampled": await curveInKernel(testBench, 1),
      "every tenth page sampled": await curveInKernel(testBench, 0.1),
    },
  }),
});

export const curveChecks: readonly Check[] = [shards, inKernel];
