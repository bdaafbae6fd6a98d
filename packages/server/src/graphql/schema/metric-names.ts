import { type HostMetricName, METRICS, type VmMetricName } from "@ballast/core/metrics";
import { builder } from "./builder.ts";
import { enumValues } from "./enum-values.ts";

const described = (names: readonly (VmMetricName | HostMetricName)[], suffix = "") =>
  names.map((name) => [name, name, `${METRICS.get(name).description}${suffix}`] as const);

export const MetricEnum = builder.enumType("Metric", {
  description: "A metric that is kept over simulated time: those of the host without `vm`, all others of a VM.",
  values: enumValues<string>([...described(METRICS.host, " Of the host."), ...described(METRICS.vm)]),
});

export type MetricValue = { readonly name: string; readonly value: number | null };

export const MetricValueRef = builder.objectRef<MetricValue>("MetricValue").implement({
  description: "The value of a metric.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "The metric's name, with the unit last." }),
    value: t.field({
      type: "BigInt",
      nullable: true,
      description: "Its value; null: the version that recorded the run did not record it.",
      resolve: ({ value }) => value,
    }),
  }),
});
