import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Exchange } from "./exchange.ts";

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What one server measures: whole requests and the phases of GraphQL, not resolvers, which would cost more than they do. */
export class Metrics {
  readonly registry = new Registry();
  readonly requests = new Histogram({
    name: "ballast_http_request_seconds",
    help: "Time from a request to the end of its answer",
    labelNames: ["route", "method", "status"] as const,
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly phases = new Histogram({
    name: "ballast_graphql_phase_seconds",
    help: "Time in a phase of a GraphQL operation",
    labelNames: ["phase"] as const,
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly followers = new Gauge({
    name: "ballast_followers",
    help: "Open WebSockets and event streams",
    labelNames: ["transport"] as const,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: "ballast_" });
  }

  /** Counts an event stream as long as it is open. */
  async countFollower(follow: () => Promise<void>): Promise<void> {
    this.followers.inc({ transport: "event-stream" });
    try {
      await follow();
    } finally {
      this.followers.dec({ transport: "event-stream" });
    }
  }

  async answer({ response }: Exchange): Promise<void> {
    response.writeHead(200, { "content-type": this.registry.contentType, "cache-control": "no-store" });
    response.end(await this.registry.metrics());
  }
}
