import type { QueueStatus, SeenWorker } from "../../runs/index.ts";
import { WORKER_KINDS } from "../../runs/index.ts";
import { builder } from "./builder.ts";
import { enumValues } from "./enum-values.ts";

const KIND_SAYS = {
  server: "A server: it serves the API as well.",
  worker: "A worker: it executes runs only.",
  command: "A command: it executes the runs that it has started.",
} as const;

const WorkerKindEnum = builder.enumType("WorkerKind", {
  description: "What a process that executes runs does besides.",
  values: enumValues(WORKER_KINDS.map((kind) => [kind, kind, KIND_SAYS[kind]])),
});

const WorkerRef = builder.objectRef<SeenWorker>("Worker").implement({
  description: "A process that executes runs.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "What the leases of its runs name as their owner." }),
    kind: t.field({ type: WorkerKindEnum, description: "What it does besides.", resolve: ({ kind }) => kind }),
    host: t.exposeString("host", { description: "Name of its machine." }),
    pid: t.exposeInt("pid", { description: "Its process there." }),
    version: t.exposeString("version", { description: "Its version of Ballast." }),
    concurrency: t.exposeInt("concurrency", { description: "Runs that it computes at the same time." }),
    since: t.field({ type: "DateTime", description: "When it started.", resolve: ({ since }) => since }),
    seenAt: t.field({
      type: "DateTime",
      description: "When it last said that it is there; it does every 5 s.",
      resolve: ({ seenAt }) => seenAt,
    }),
    runs: t.exposeIDList("runs", { description: "Ids of the runs that it has." }),
  }),
});

const ThroughputRef = builder.objectRef<QueueStatus["throughput"]>("QueueThroughput").implement({
  description: "Runs that came to their end.",
  fields: (t) => ({
    lastMinute: t.exposeInt("lastMinute", { description: "In the last minute." }),
    lastHour: t.exposeInt("lastHour", { description: "In the last hour." }),
  }),
});

const QueueRef = builder.objectRef<QueueStatus>("Queue").implement({
  description: "What is to be executed, and by whom.",
  fields: (t) => ({
    queued: t.exposeInt("queued", { description: "Runs that wait for an executor." }),
    running: t.exposeInt("running", { description: "Runs that an executor has." }),
    failed: t.exposeInt("failed", { description: "Runs that failed by what is around them: `retryRun` continues one." }),
    workers: t.field({
      type: [WorkerRef],
      description: "The processes that execute runs, oldest first.",
      resolve: ({ workers }) => workers,
    }),
    throughput: t.field({ type: ThroughputRef, description: "How many runs end.", resolve: ({ throughput }) => throughput }),
  }),
});

builder.queryField("queue", (t) =>
  t.field({
    type: QueueRef,
    description: "The queue of runs as it is now.",
    resolve: (_root, _args, { services }) => services.application.runs.getQueue(),
  }),
);
