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
  readonly webSockets = new Gauge({
    name: "ballast_websockets",
    help: "Open WebSockets",
    registers: [this.registry],
  });

  constructor() {
    // Among them the event loop's delay since the last look: ballast_nodejs_eventloop_lag_p50_seconds, ..._p99_..., ..._max_...
    collectDefaultMetrics({ register: this.registry, prefix: "ballast_" });
  }

  async answer({ response }: Exchange): Promise<void> {
    response.writeHead(200, { "content-type": this.registry.contentType, "cache-control": "no-store" });
    response.end(await this.registry.metrics());
  }
}
