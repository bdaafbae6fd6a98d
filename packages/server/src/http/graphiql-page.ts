import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Exchange } from "./exchange.ts";

const FIRST_QUERY = `# Ballast: everything below /graphql, with its documentation in the panel on the left.
query FirstLook {
  runs(first: 5) {
    nodes {
      id
      status
      scenarioName
      policyName
      headPosition
      at { timeNs host { framePages freePages overcommitment } }
    }
  }
}
`;

let page: Promise<Buffer> | undefined;

/** GraphiQL, all of it in one document, because it has to work without any network. It is loaded when first asked for. */
async function renderPage(): Promise<Buffer> {
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
  const html = renderGraphiQL({
    title: "Ballast",
    defaultQuery: FIRST_QUERY,
    endpoint: "/graphql",
    subscriptionsProtocol: "SSE",
  });
  return await promisify(gzip)(html);
}

export async function answerGraphiql({ response }: Exchange): Promise<void> {
  page ??= renderPage();
  const body = await page;
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-encoding": "gzip",
    "content-length": String(body.length),
    "cache-control": "no-cache",
    "content-security-policy": "frame-ancestors 'none'",
  });
  response.end(body);
}
