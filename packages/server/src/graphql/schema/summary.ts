import { eventTypeNamed, isOutOfMemory } from "@ballast/core/events";
import type { RunSummary, VmSummary } from "@ballast/core/projections";
import { readSummary } from "../../projections/index.ts";
import { builder } from "./builder.ts";
import { EventTypeNameEnum, VmEndEnum } from "./enums.ts";
import { type MetricValue, MetricValueRef } from "./metric-names.ts";
import { RunRef } from "./run.ts";

const metricsOf = (metrics: Readonly<Record<string, number | null>>): MetricValue[] =>
  Object.entries(metrics).map(([name, value]) => ({ name, value }));

const EventCountRef = builder.objectRef<{ readonly type: number; readonly count: number }>("EventCount").implement({
  description: "How often an event type occurred.",
  fields: (t) => ({
    type: t.field({ type: EventTypeNameEnum, description: "The type.", resolve: ({ type }) => type }),
    count: t.field({ type: "BigInt", description: "How often.", resolve: ({ count }) => count }),
  }),
});

const VmSummaryRef = builder.objectRef<VmSummary>("VmSummary").implement({
  description: "A VM in a few numbers.",
  fields: (t) => ({
    vm: t.exposeInt("vm", { description: "Its number, from 1." }),
    name: t.exposeString("name", { description: "Its name." }),
    configuredPages: t.exposeInt("configuredPages", { description: "Real pages it was created with, or was to have." }),
    isRefused: t.exposeBoolean("isRefused", { description: "Whether it was not admitted." }),
    isWorkDone: t.exposeBoolean("isWorkDone", { description: "Whether its work was completed." }),
    isKilled: t.boolean({
      description: "Whether it was terminated because memory ran out.",
      resolve: ({ endCause }) => endCause !== 0 && isOutOfMemory(endCause),
    }),
    endCause: t.field({
      type: VmEndEnum,
      nullable: true,
      description: "Why it was terminated; null if it was not.",
      resolve: ({ endCause }) => (endCause === 0 ? null : (endCause as 1 | 2 | 3)),
    }),
    metrics: t.field({ type: [MetricValueRef], description: "Its metrics.", resolve: ({ metrics }) => metricsOf(metrics) }),
  }),
});

const SummaryRef = builder.objectRef<RunSummary>("RunSummary").implement({
  description: "A run in a few numbers, as far as its events are projected.",
  fields: (t) => ({
    position: t.field({
      type: "BigInt",
      description: "Position of the last event that is counted.",
      resolve: ({ position }) => position,
    }),
    timeNs: t.field({
      type: "BigInt",
      description: "Simulated time of that event, in ns.",
      resolve: ({ timeNs }) => timeNs,
    }),
    events: t.field({
      type: [EventCountRef],
      description: "How many events of each type; types that did not occur are left out.",
      resolve: ({ events }) =>
        Object.entries(events).flatMap(([name, count]) => {
          const type = eventTypeNamed(name)?.code;
          return type === undefined ? [] : [{ type, count }];
        }),
    }),
    host: t.field({ type: [MetricValueRef], description: "The host's metrics.", resolve: ({ host }) => metricsOf(host) }),
    vms: t.field({ type: [VmSummaryRef], description: "The VMs.", resolve: ({ vms }) => vms }),
  }),
});

builder.objectField(RunRef, "summary", (t) =>
  t.field({
    type: SummaryRef,
    nullable: true,
    description: "The run in a few numbers; null before the first event is projected.",
    resolve: async (run, _args, { services }) => (await readSummary(services.application.pool, run.logId)) ?? null,
  }),
);
