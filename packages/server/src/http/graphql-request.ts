import { RefusedRequest } from "./http-error.ts";

/** What a client sends to be executed. */
export type GraphqlParams = {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
};

/** @throws RefusedRequest BODY_INVALID that says what is wrong. */
export function readPostedParams(body: unknown): GraphqlParams {
  if (Array.isArray(body)) throw invalid("the body is a list: send one request at a time (batches are not taken)");
  if (!isObject(body)) throw invalid(`the body is ${body === null ? "null" : typeof body}: send an object with \`query\``);
  return checkParams(body);
}

/** The same from the query part of a GET's address, where `variables` is JSON. */
export function readQueriedParams(search: URLSearchParams): GraphqlParams {
  const variables = search.get("variables");
  return checkParams({
    query: search.get("query"),
    operationName: search.get("operationName"),
    variables: variables === null || variables === "" ? null : parseVariables(variables),
  });
}

function checkParams({ query, operationName, variables }: Readonly<Record<string, unknown>>): GraphqlParams {
  if (typeof query !== "string" || query.trim() === "") throw invalid("`query` is missing: it must be the text of a GraphQL document");
  if (operationName != null && typeof operationName !== "string") throw invalid("`operationName` must be a text");
  if (variables != null && !isObject(variables)) throw invalid("`variables` must be an object");
  return {
    query,
    ...(operationName == null || operationName === "" ? {} : { operationName }),
    ...(variables == null ? {} : { variables }),
  };
}

function parseVariables(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(`\`variables\` is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(message: string): RefusedRequest {
  return new RefusedRequest("BODY_INVALID", message);
}
