import { getOperationAST, type GraphQLError, type GraphQLSchema, type DocumentNode, parse } from "graphql";
import type { Plugin } from "graphql-yoga";
import { codedError } from "../errors/coded-error.ts";
import type { Limits } from "./limits.ts";
import { measureOperation } from "./measure-operation.ts";

const BAD_REQUEST = { http: { status: 400, spec: true } };

/** Refuses what is too long when it is parsed, and what is too deep or too expensive before it is executed. */
export function useLimits(limits: Limits): Plugin {
  return {
    onParse({ setParseFn }) {
      setParseFn((source, options) => parseLimited(source, { ...options, maxTokens: limits.maxTokens }, limits));
    },
    onExecute({ args, setResultAndStopExecution }) {
      const error = findExcess(limits, args.schema, args.document, args.operationName, args.variableValues);
      if (error !== undefined) setResultAndStopExecution({ errors: [error] });
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const error = findExcess(limits, args.schema, args.document, args.operationName, args.variableValues);
      if (error !== undefined) setResultAndStopExecution({ errors: [error] });
    },
  };
}

function parseLimited(
  source: Parameters<typeof parse>[0],
  options: Parameters<typeof parse>[1],
  limits: Limits,
): DocumentNode {
  try {
    return parse(source, options);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes("tokens")) throw error;
    const advice = `the document has more than ${limits.maxTokens} tokens, the limit: split it, or use fragments and variables`;
    throw codedError("QUERY_TOO_LARGE", advice, BAD_REQUEST);
  }
}

function findExcess(
  limits: Limits,
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: unknown,
): GraphQLError | undefined {
  const operation = getOperationAST(document, operationName);
  if (operation == null) return undefined;
  const given = typeof variables === "object" && variables !== null ? (variables as Record<string, unknown>) : {};
  const { depth, cost } = measureOperation(schema, document, operation, given);
  if (depth > limits.maxDepth) {
    return codedError(
      "QUERY_TOO_DEEP",
      `the query nests ${depth} levels; the limit is ${limits.maxDepth}: ask in several queries`,
      BAD_REQUEST,
    );
  }
  if (cost > limits.maxCost) {
    const advice = "ask for smaller pages, fewer aliases, or in several queries";
    return codedError(
      "QUERY_TOO_EXPENSIVE",
      `the query costs ${cost}; the limit is ${limits.maxCost}: ${advice}`,
      BAD_REQUEST,
    );
  }
  return undefined;
}
