import { BallastError } from "@ballast/core/errors";
import { CACHE_ALGORITHM_NAMES, chosenFrames, parseAlgorithmChoices, parseFrameSizes } from "@ballast/core/replacement";
import {
  type CurvePoint,
  type CurveRequest,
  loadCurveTrace,
  missRatioCurves,
  type MissRatioCurves,
  type PolicyCurve,
  type ShardsEstimate,
} from "../../curves/index.ts";
import { builder } from "./builder.ts";

/** Sizes of all algorithms together that one field counts. */
const MAX_COUNTINGS = 200;
const COUNTING_COST = 5000;

const CurvePointRef = builder.objectRef<CurvePoint>("CurvePoint").implement({
  description: "The misses with one number of frames.",
  fields: (t) => ({
    frames: t.exposeInt("frames", { description: "Frames, all of them for pages of the trace." }),
    misses: t.field({ type: "BigInt", description: "References that missed, exactly.", resolve: ({ misses }) => misses }),
    missRatio: t.exposeFloat("missRatio", { description: "Misses per reference." }),
  }),
});

const PolicyCurveRef = builder.objectRef<PolicyCurve>("PolicyCurve").implement({
  description: "The misses under one replacement algorithm.",
  fields: (t) => ({
    policy: t.exposeString("policy", { description: "The algorithm, with the parameters that are not the default." }),
    points: t.field({ type: [CurvePointRef], description: "By frames, ascending.", resolve: ({ points }) => [...points] }),
  }),
});

const ShardsPointRef = builder.objectRef<ShardsEstimate["points"][number]>("ShardsPoint").implement({
  description: "The estimate for one number of frames.",
  fields: (t) => ({
    frames: t.exposeInt("frames", { description: "Frames." }),
    missRatio: t.exposeFloat("missRatio", { description: "Estimated misses per reference." }),
    exact: t.exposeFloat("exact", { description: "Misses per reference of exact LRU." }),
    error: t.exposeFloat("error", { description: "The estimate without the exact ratio." }),
  }),
});

const ShardsEstimateRef = builder.objectRef<ShardsEstimate>("ShardsEstimate").implement({
  description: "The curve of LRU as a sample of the pages tells it (SHARDS-adj).",
  fields: (t) => ({
    rate: t.exposeFloat("rate", { description: "Fraction of the pages that is sampled." }),
    sampledPages: t.exposeInt("sampledPages", { description: "Pages that were sampled." }),
    points: t.field({ type: [ShardsPointRef], description: "By frames, ascending.", resolve: ({ points }) => [...points] }),
    meanAbsoluteError: t.exposeFloat("meanAbsoluteError", { description: "Mean of the errors without their signs." }),
  }),
});

const MissRatioCurvesRef = builder.objectRef<MissRatioCurves>("MissRatioCurves").implement({
  description: "How often the references of a trace miss under replacement algorithms, for several sizes of memory.",
  fields: (t) => ({
    trace: t.exposeString("trace", { description: "The trace's name." }),
    referenceCount: t.field({ type: "BigInt", description: "References in all.", resolve: (curves) => curves.referenceCount }),
    pageCount: t.exposeInt("pageCount", { description: "Different pages touched." }),
    curves: t.field({ type: [PolicyCurveRef], description: "In the order of the arguments.", resolve: ({ curves }) => [...curves] }),
    shards: t.field({
      type: ShardsEstimateRef,
      nullable: true,
      description: "Null if it was not asked for.",
      resolve: ({ shards }) => shards,
    }),
    notes: t.exposeStringList("notes", { description: "Sizes that were chosen, samples that are too small." }),
  }),
});

builder.queryField("missRatioCurve", (t) =>
  t.field({
    type: MissRatioCurvesRef,
    nullable: true,
    description:
      "Counts the misses of a trace under replacement algorithms; see docs/mrc.md. It is computed for each request, one request's at a " +
      "time, and given up when the client leaves. Null, with the error TRACE_NOT_FOUND in `errors`, if there is no trace of that name.",
    args: {
      trace: t.arg.string({ required: true, description: "Its name." }),
      policies: t.arg.stringList({
        required: true,
        defaultValue: ["lru", "clock", "opt"],
        description: `Each as name or name:parameter=value: ${CACHE_ALGORITHM_NAMES.join(", ")}.`,
      }),
      sizes: t.arg.stringList({
        required: false,
        description:
          "Numbers of frames, or percentages of the trace's pages such as 10%; sizes from 1 to all pages in equal ratios if not given.",
      }),
      shards: t.arg.float({ required: false, description: "Fraction of the pages to sample for an estimate of LRU, above 0, up to 1." }),
      seed: t.arg({ type: "BigInt", required: true, defaultValue: 1, description: "Of random replacement and of sampled pages." }),
    },
    extensions: { cost: COUNTING_COST },
    resolve: async (_root, { trace, policies, sizes, shards, seed }, { services, signal }) => {
      const request: CurveRequest = {
        policies: parseAlgorithmChoices(policies.join(",")),
        sizes: sizes == null ? "all" : parseFrameSizes(sizes.join(",")),
        everySize: false,
        shardsRate: shards ?? null,
        seed,
      };
      return await services.curves.run(async () => {
        const loaded = await loadCurveTrace(services.application.pool, trace);
        requireFew(request, loaded.pageCount);
        return await missRatioCurves(loaded, request, { threads: 1, signal });
      }, signal);
    },
  }),
);

function requireFew({ policies, sizes }: CurveRequest, pageCount: number): void {
  const countings = policies.length * (sizes === "all" ? chosenFrames(pageCount).length : sizes.length);
  if (countings <= MAX_COUNTINGS) return;
  const found = `${policies.length} algorithms with ${countings / policies.length} sizes each are ${countings} countings; the limit is ${MAX_COUNTINGS}`;
  throw new BallastError("INPUT_INVALID", `${found}. Ask for fewer, or use \`ballast mrc\`.`);
}
