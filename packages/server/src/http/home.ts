import { packageVersion } from "../application/index.ts";
import { CHANGING_CACHE_CONTROL, type Exchange } from "./exchange.ts";
import type { Home, Latest } from "./home-description.ts";
import { HOME_CSP, homePage } from "./home-page.ts";

const DESCRIPTION = "A simulator of memory overcommitment that can restore any moment of a run";
const LATEST_RUNS = 5;
const DOCUMENTS = {
  "README.md": "what Ballast is, and a first query",
  "docs/getting-started.md": "a tutorial of half an hour",
  "docs/explorer.md": "the page in a browser",
  "docs/graphql.md": "the GraphQL API, with queries and their answers",
  "docs/cli.md": "the command line",
  "docs/scenarios.md": "writing a scenario",
  "docs/policies.md": "the policies, and writing one",
};

/** A small page for browsers, the same as JSON for everything else. */
export async function answerHome(exchange: Exchange, { graphiql }: { readonly graphiql: boolean }): Promise<void> {
  const { request, response } = exchange;
  const home = await describeHome(exchange, graphiql);
  const isForPeople = prefersHtml(request.headers.accept);
  const body = isForPeople ? homePage(home) : `${JSON.stringify(home, null, 2)}\n`;
  response.writeHead(200, {
    "content-type": `${isForPeople ? "text/html" : "application/json"}; charset=utf-8`,
    "content-length": String(Buffer.byteLength(body)),
    "content-security-policy": HOME_CSP,
    "cache-control": CHANGING_CACHE_CONTROL,
    vary: "accept",
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

/** Browsers name text/html when somebody opens an address, and nothing of the kind when a page or program asks. */
export function prefersHtml(accept: string | undefined): boolean {
  return accept?.includes("text/html") === true;
}

async function describeHome(exchange: Exchange, graphiql: boolean): Promise<Home> {
  const { isPrivate } = exchange;
  return {
    name: "Ballast",
    description: DESCRIPTION,
    version: packageVersion(),
    needsToken: isPrivate,
    links: { graphql: "/graphql", graphiql: graphiql ? "/graphql" : null, health: "/readyz", metrics: "/metrics" },
    documents: DOCUMENTS,
    latest: isPrivate ? null : await findLatest(exchange),
  };
}

async function findLatest({ services }: Exchange): Promise<Latest | null> {
  const { runs, experiments } = services.application;
  try {
    const { items } = await runs.listRuns({ first: LATEST_RUNS });
    const [comparison] = (await experiments.listExperiments({ first: 1 })).items;
    return {
      runs: items.map(({ id, scenarioName, policyName, status }) => ({ id, scenario: scenarioName, policy: policyName, status })),
      comparison: comparison === undefined ? null : { id: comparison.id, scenario: comparison.scenarioName, status: comparison.status },
    };
  } catch (error) {
    services.logger.warn({ err: error }, "the newest runs cannot be shown");
    return null;
  }
}
