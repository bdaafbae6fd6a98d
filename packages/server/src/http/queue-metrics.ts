import { Gauge, type Registry } from "prom-client";
import { type QueueStatus, WORKER_KINDS } from "../runs/index.ts";

/** The queue of runs, read once each time the metrics are asked for; as it was last read while Postgres does not answer. */
export function measureQueue(registry: Registry, read: () => Promise<QueueStatus>): void {
  let reading: Promise<QueueStatus> | undefined;
  const readOnce = (): Promise<QueueStatus> => (reading ??= read().finally(() => (reading = undefined)));
  const gauge = (name: string, help: string, label: string, valuesOf: (status: QueueStatus) => Readonly<Record<string, number>>): void =>
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames: [label],
        registers: [],
        async collect() {
          const status = await readOnce().catch(() => undefined);
          if (status !== undefined) for (const [value, count] of Object.entries(valuesOf(status))) this.set({ [label]: value }, count);
        },
      }),
    );
  gauge("ballast_queue_runs", "Runs that wait, are executed, or failed and can be tried again", "state", ({ queued, running, failed }) => {
    return { queued, running, failed };
  });
  gauge("ballast_queue_ended_runs", "Runs that came to their end in the last minute and hour", "within", ({ throughput }) => {
    return { minute: throughput.lastMinute, hour: throughput.lastHour };
  });
  gauge("ballast_queue_workers", "Processes that execute runs", "kind", ({ workers }) =>
    Object.fromEntries(WORKER_KINDS.map((kind) => [kind, workers.filter((worker) => worker.kind === kind).length])),
  );
}
