import { Prng } from "@ballast/core/prng";
import { exactMissRatioCurve, type MissRatioCurve, ShardsCurve } from "@ballast/core/reuse";
import { createAccessBuffer, createStream, type Workload } from "@ballast/core/workload";
import { type Check, defineCheck } from "../check.ts";
import { atMost } from "../expectation.ts";
import { SEEDS } from "../lab/seeds.ts";

const STEPS = 128;
const PAGES = 100_000;
const ACCESSES = 1_000_000;
const RATE = 0.01;
const ZIPF: Workload = { kind: "zipf", firstPage: 0, pages: PAGES, accesses: ACCESSES, exponent: 1, writeRatio: 0 };

function pagesOf(workload: Workload): Int32Array {
  const stream = createStream(workload, Prng.named(1, "reproduce/curves"), { traces: new Map(), files: [] });
  const buffer = createAccessBuffer();
  const all = new Int32Array(ACCESSES);
  let at = 0;
  for (let count = stream.fill(buffer); count > 0; count = stream.fill(buffer)) {
    all.set(buffer.pages.subarray(0, count), at);
    at += count;
  }
  return all;
}

function sampledCurve(pages: Int32Array, salt: number): MissRatioCurve {
  const shards = new ShardsCurve({ rate: RATE, stepPages: Math.ceil(PAGES / STEPS), steps: STEPS, salt });
  for (const page of pages) shards.touch(page);
  return shards.curve(pages.length);
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
    "largest error of any choice": { unit: "of the miss ratio", expected: { kind: "compare" } },
  },
  run: async () => {
    const pages = pagesOf(ZIPF);
    const exact = exactMissRatioCurve(pages, Math.ceil(PAGES / STEPS), STEPS);
    const curves = SEEDS.map((seed) => sampledCurve(pages, 1_000_003 * seed));
    const errors = curves.map((curve) => meanError(curve, exact));
    const pointsOf = ({ missRatios, stepPages }: MissRatioCurve): (readonly [number, number])[] =>
      missRatios.map((ratio, step) => [(step + 1) * stepPages, ratio] as const);
    return {
      figures: {
        "mean error over the seeds": errors.reduce((sum, error) => sum + error, 0) / errors.length,
        "largest error of any choice": Math.max(...errors),
      },
      charts: [
        {
          kind: "lines",
          name: "shards",
          title: "A miss ratio curve from one page in a hundred",
          says: "Zipf of exponent 1 over 100,000 pages, a million accesses. SHARDS looks at the pages whose hash is below a threshold (C. A. Waldspurger and others, FAST 2015).",
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

export const curveChecks: readonly Check[] = [shards];
