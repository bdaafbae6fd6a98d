import { Counter, Gauge, type Registry } from "prom-client";
import type { Followers } from "../api/tail/followers.ts";
import { TRANSPORTS } from "../api/tail/sink.ts";
import type { TurnQueue } from "../api/tail/turn-queue.ts";

/** What is known of those who follow or export runs: looked at when the metrics are asked for, counted when they end. */
export function measureReaders(
  registry: Registry,
  { followers, turns }: { readonly followers: Followers; readonly turns: TurnQueue },
): void {
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number): void =>
    void new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  registry.registerMetric(
    new Gauge({
      name: "ballast_followers",
      help: "Open readers of the events of runs, by transport",
      labelNames: ["transport"],
      registers: [],
      collect() {
        for (const transport of TRANSPORTS) this.set({ transport }, followers.count(transport));
      },
    }),
  );
  gauge(
    "ballast_followers_backlog_events",
    "Events between the readers and the heads of their runs, of all readers together",
    () => followers.backlogEvents,
  );
  gauge("ballast_followers_buffered_bytes", "Bytes written for readers that their sockets have not taken", () => followers.bufferedBytes);
  gauge("ballast_followers_waiting", "Readers that wait for their turn of the event loop", () => turns.length);
  const ended = new Counter({
    name: "ballast_followers_ended_total",
    help: "Readers that have ended, by transport and reason: completed, client_gone, or the code of the error they were told",
    labelNames: ["transport", "reason"],
    registers,
  });
  followers.onEnd = ({ transport, end }) => ended.inc({ transport, reason: end });
}
