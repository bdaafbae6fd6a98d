import type { IncomingMessage } from "node:http";
import type { Engine } from "../graphql/engine/create-engine.ts";
import { countingOperations } from "./count-operation.ts";
import { answerGraphql } from "./answer-graphql.ts";
import { answerMoment } from "./answer-moment.ts";
import type { Handler } from "./exchange.ts";
import { answerGraphiql } from "./graphiql-page.ts";
import { exportEvents } from "./export-events.ts";
import { answerLive, answerReady } from "./health.ts";
import { answerHome, prefersHtml } from "./home.ts";
import type { Metrics } from "./metrics.ts";
import { streamEvents } from "./stream-events.ts";

export type Route = {
  /** As metrics name it: without ids. */
  readonly name: string;
  readonly methods: readonly string[];
  /** `health` asks neither for a name nor a token: probes come by address. `page` asks for no token. */
  readonly access: "health" | "page" | "token";
  readonly handler: Handler;
};

/** Finds who answers a request. */
export type Router = (request: IncomingMessage, url: URL) => Route | undefined;

/** GraphiQL, which fills its editors from the address, holds nothing secret, so that no token is needed to see it; what it asks for needs one. */
const GRAPHIQL: Route = { name: "/graphql (GraphiQL)", methods: ["GET"], access: "page", handler: answerGraphiql };

export function createRouter(engine: Engine, metrics: Metrics, options: { readonly graphiql: boolean }): Router {
  const get = ["GET"];
  const fixed: Readonly<Record<string, Route>> = {
    "/": {
      name: "/",
      methods: ["GET", "HEAD"],
      access: "page",
      handler: (exchange) => answerHome(exchange, options),
    },
    "/livez": { name: "/livez", methods: get, access: "health", handler: answerLive },
    "/readyz": { name: "/readyz", methods: get, access: "health", handler: answerReady },
    "/metrics": { name: "/metrics", methods: get, access: "token", handler: (exchange) => metrics.answer(exchange) },
    "/graphql": {
      name: "/graphql",
      methods: ["GET", "POST"],
      access: "token",
      handler: countingOperations((exchange) => answerGraphql(engine, exchange)),
    },
  };
  return (request, url) => {
    if (options.graphiql && url.pathname === "/graphql" && isForPeople(request)) return GRAPHIQL;
    return fixed[url.pathname] ?? runRoute(engine, url.pathname);
  };
}

/** Browsers name text/html when somebody opens an address, and nothing of the kind when a page or program asks. */
function isForPeople({ method, headers }: IncomingMessage): boolean {
  return method === "GET" && prefersHtml(headers.accept);
}

function runRoute(engine: Engine, path: string): Route | undefined {
  const [, first, id, what, place, ...rest] = path.split("/");
  if (first !== "runs" || id === undefined || rest.length > 0) return undefined;
  const route = (name: string, handler: Handler): Route => ({ name, methods: ["GET"], access: "token", handler });
  if (what === "events" && place === undefined) return route("/runs/:id/events", (exchange) => streamEvents(exchange, id));
  if (what === "events.ndjson" && place === undefined) return route("/runs/:id/events.ndjson", (exchange) => exportEvents(exchange, id));
  if (what === "at" && place !== undefined)
    return route(
      "/runs/:id/at/:position",
      countingOperations((exchange) => answerMoment(engine, exchange, id, place)),
    );
  return undefined;
}
