import type { IncomingMessage } from "node:http";
import type { Engine } from "../graphql/engine/create-engine.ts";
import { countingOperations } from "./count-operation.ts";
import { answerGraphql } from "./answer-graphql.ts";
import { answerMoment } from "./answer-moment.ts";
import {
  answerPageActivity,
  answerPageAges,
  answerPageDifference,
  answerPageLeaps,
  answerPages,
  answerPageSteps,
} from "./answer-page-maps.ts";
import type { ReportPages } from "./downloads/answer-report.ts";
import { downloadRoute } from "./downloads/download-route.ts";
import type { Handler } from "./exchange.ts";
import { answerGraphiql } from "./graphiql-page.ts";
import { exportEvents } from "./export-events.ts";
import { answerLive, answerReady } from "./health.ts";
import { answerHome, prefersHtml } from "./home.ts";
import type { Metrics } from "./metrics.ts";
import { answerScreen, isBuilt, type Page, PageAssets } from "./page-files.ts";
import type { Route } from "./route.ts";
import { streamEvents } from "./stream-events.ts";

/** Finds who answers a request. */
export type Router = (request: IncomingMessage, url: URL) => Route | undefined;

/** GraphiQL, which fills its editors from the address, holds nothing secret, so that no token is needed to see it; what it asks for needs one. */
const GRAPHIQL: Route = { name: "/graphql (GraphiQL)", methods: ["GET"], access: "page", handler: answerGraphiql };

export type RouterOptions = {
  readonly graphiql: boolean;
  /** Undefined: a small page without scripts is all there is for browsers. */
  readonly page: Page | undefined;
  readonly reports: ReportPages | undefined;
};

export function createRouter(engine: Engine, metrics: Metrics, options: RouterOptions): Router {
  const get = ["GET"];
  const findPage = options.page === undefined ? () => undefined : pageRouter(options.page, options);
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
    if (options.graphiql && url.pathname === "/graphql" && request.method === "GET" && isForPeople(request)) return GRAPHIQL;
    const { pathname } = url;
    return findPage(request, pathname) ?? fixed[pathname] ?? runRoute(engine, pathname) ?? downloadRoute(pathname, options.reports);
  };
}

/** Browsers name text/html when somebody opens an address, and nothing of the kind when a page or program asks. */
function isForPeople({ method, headers }: IncomingMessage): boolean {
  return (method === "GET" || method === "HEAD") && prefersHtml(headers.accept);
}

/** The explorer's screens for people; programs find under the same addresses what they had there before. */
function pageRouter(page: Page, options: RouterOptions): (request: IncomingMessage, path: string) => Route | undefined {
  const assets = new PageAssets(page);
  const methods = ["GET", "HEAD"];
  const screen: Route = {
    name: "/ (page)",
    methods,
    access: "page",
    // A checkout whose page was never built has the small page at least.
    handler: async (exchange) => ((await isBuilt(page)) ? await answerScreen(page, exchange) : await answerHome(exchange, options)),
  };
  return (request, path) => {
    const [, asset] = /^\/assets\/([^/]+)$/.exec(path) ?? [];
    if (asset !== undefined)
      return { name: "/assets/:file", methods, access: "page", handler: (exchange) => assets.answer(exchange, asset) };
    return isForPeople(request) && page.isScreen(path) ? screen : undefined;
  };
}

function runRoute(engine: Engine, path: string): Route | undefined {
  const [, first, id, what, place, ...rest] = path.split("/");
  if (first !== "runs" || id === undefined) return undefined;
  if (what === "pages" && place !== undefined) return pagesRoute(id, place, rest);
  if (rest.length > 0) return undefined;
  if (what === "events" && place === undefined) return route("/runs/:id/events", (exchange) => streamEvents(exchange, id));
  if (what === "events.ndjson" && place === undefined) return route("/runs/:id/events.ndjson", (exchange) => exportEvents(exchange, id));
  if (what === "at" && place !== undefined)
    return route(
      "/runs/:id/at/:position",
      countingOperations((exchange) => answerMoment(engine, exchange, id, place)),
    );
  return undefined;
}

function pagesRoute(id: string, place: string, [what, to, ...rest]: readonly string[]): Route | undefined {
  if (what === undefined) return route("/runs/:id/pages/:position", countingOperations(answerPages(id, place)));
  if (what === "ages" && to === undefined) return route("/runs/:id/pages/:position/ages", countingOperations(answerPageAges(id, place)));
  if (what === "activity" && to === undefined)
    return route("/runs/:id/pages/:position/activity", countingOperations(answerPageActivity(id, place)));
  if (to === undefined || rest.length > 0) return undefined;
  if (what === "to") return route("/runs/:id/pages/:from/to/:to", countingOperations(answerPageDifference(id, place, to)));
  if (what === "steps") return route("/runs/:id/pages/:from/steps/:to", countingOperations(answerPageSteps(id, place, to)));
  if (what === "leaps") return route("/runs/:id/pages/:from/leaps/:to", countingOperations(answerPageLeaps(id, place, to)));
  return undefined;
}

function route(name: string, handler: Handler): Route {
  return { name, methods: ["GET"], access: "token", handler };
}
