import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { assert } from "@ballast/core/assert";
import type { Exchange } from "./exchange.ts";
import { OPTIONS_FROM_ADDRESS } from "./graphiql-address.ts";

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
  const options = {
    title: "Ballast",
    defaultQuery: FIRST_QUERY,
    endpoint: "/graphql",
    subscriptionsProtocol: "SSE",
  } as const;
  return await promisify(gzip)(fillFromAddress(renderGraphiQL(options), JSON.stringify(options)));
}

function fillFromAddress(html: string, options: string): string {
  const filled = html.replace(options, () => `(${OPTIONS_FROM_ADDRESS})(${options})`);
  assert(filled !== html, "GraphiQL's page does not have its options where they were");
  return filled;
}

export async function answerGraphiql({ response }: Exchange): Promise<void> {
  page ??= renderPage();
  const body = await page;
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-encoding": "gzip",
    "content-length": String(body.length),
    "cache-control": "no-cache",
    vary: "accept",
    "content-security-policy": "frame-ancestors 'none'",
  });
  response.end(body);
}
