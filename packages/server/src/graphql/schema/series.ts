import { BallastError } from "@ballast/core/errors";
import { readSeries, type SeriesValue } from "../../projections/index.ts";
import { builder } from "./builder.ts";
import { MetricEnum } from "./metric-names.ts";
import { RunRef } from "./run.ts";

const MAX_POINTS = 2000;

type SeriesShape = { readonly metric: string; readonly vm: number; readonly points: readonly SeriesValue[] };

const PointRef = builder.objectRef<SeriesValue>("SeriesPoint").implement({
  description: "A metric as it was from this simulated time until the next point.",
  fields: (t) => ({
    timeNs: t.field({ type: "BigInt", description: "Simulated time in ns.", resolve: ({ timeNs }) => timeNs }),
    value: t.exposeFloat("value", {
      nullable: true,
      description: "The metric; null: the version that recorded the run did not record it.",
    }),
  }),
});

const SeriesRef = builder.objectRef<SeriesShape>("Series").implement({
  description: "How a metric went over simulated time.",
  fields: (t) => ({
    metric: t.field({ type: MetricEnum, description: "The metric.", resolve: ({ metric }) => metric }),
    vm: t.int({ nullable: true, description: "The VM it is of; null: the host.", resolve: ({ vm }) => vm || null }),
    points: t.field({
      type: [PointRef],
      description: "Its points, by time.",
      extensions: { items: 1 },
      resolve: ({ points }) => points,
    }),
    packed: t.string({
      description: "The same in Base64, for charts: all times, then all values, each a little-endian 64-bit float; NaN for null.",
      resolve: ({ points }) => packPoints(points),
    }),
  }),
});

function packPoints(points: readonly SeriesValue[]): string {
  const numbers = Float64Array.from([...points.map(({ timeNs }) => timeNs), ...points.map(({ value }) => value ?? Number.NaN)]);
  const bytes = new DataView(new ArrayBuffer(numbers.byteLength));
  numbers.forEach((number, index) => bytes.setFloat64(index * 8, number, true));
  return Buffer.from(bytes.buffer).toString("base64");
}

builder.objectField(RunRef, "series", (t) =>
  t.field({
    type: SeriesRef,
    description: "How a metric went over simulated time, as far as the run is projected: some moments behind its head.",
    extensions: { multipliedBy: "points", cost: 20 },
    args: {
      metric: t.arg({ type: MetricEnum, required: true, description: "The metric." }),
      vm: t.arg.int({ required: false, description: "Of which VM; of the host if not given." }),
      points: t.arg.int({
        required: true,
        defaultValue: 500,
        description: `Most points, 1 to ${MAX_POINTS} (included).`,
      }),
      fromNs: t.arg({ type: "BigInt", required: false, description: "From this simulated time on, in ns." }),
      toNs: t.arg({ type: "BigInt", required: false, description: "Up to this simulated time, in ns." }),
    },
    resolve: async (run, { metric, vm, points, fromNs, toNs }, { services }) => {
      if (points < 1) throw new BallastError("INPUT_INVALID", `a series has 1 to ${MAX_POINTS} points (included), not ${points}`);
      if (points > MAX_POINTS) throw new BallastError("LIST_TOO_LARGE", `a series has at most ${MAX_POINTS} points, not ${points}`);
      const range = { ...(fromNs == null ? {} : { fromNs }), ...(toNs == null ? {} : { toNs }) };
      const found = await readSeries(services.application.pool, run.logId, { metric, vm: vm ?? 0, points, ...range });
      return { metric, vm: vm ?? 0, points: found };
    },
  }),
);
