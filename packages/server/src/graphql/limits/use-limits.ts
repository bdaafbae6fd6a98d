import { BallastError } from "@ballast/core/errors";
import { type DocumentNode, getOperationAST, type GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import type { Plugin } from "graphql-yoga";
import { codedError } from "../errors/coded-error.ts";
import { checkInputs } from "./check-inputs.ts";
import { checkSelections } from "./check-selections.ts";
import type { Limits } from "../../api/limits/limits.ts";
import { measureOperation } from "./measure-operation.ts";
import { BAD_REQUEST, parseLimited } from "./parse-limited.ts";

/** Refuses what is too long or too nested when it is parsed, and what is too deep or too expensive before it is executed. */
export function useLimits(limits: Limits): Plugin {
  const excesses = new Excesses(limits);
  return {
    onParse({ setParseFn }) {
      setParseFn((source, options) => {
        const document = parseLimited(source, options, limits);
        checkSelections(document, limits);
        return document;
      });
    },
    onExecute({ args, setResultAndStopExecution }) {
      const error = excesses.find(args.schema, args.document, args);
      if (error !== undefined) setResultAndStopExecution({ errors: [error] });
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const error = excesses.find(args.schema, args.document, args);
      if (error !== undefined) setResultAndStopExecution({ errors: [error] });
    },
  };
}

type Request = { readonly operationName?: string | null | undefined; readonly variableValues?: unknown };

/** Keeps what was found of operations without variables, for as long as their documents are kept. */
class Excesses {
  readonly #limits: Limits;
  readonly #known = new WeakMap<OperationDefinitionNode, { readonly error: GraphQLError | undefined }>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  find(schema: GraphQLSchema, document: DocumentNode, { operationName, variableValues }: Request): GraphQLError | undefined {
    const operation = getOperationAST(document, operationName);
    if (operation == null) return undefined;
    const known = this.#known.get(operation);
    if (known !== undefined) return known.error;
    const error = findExcess(this.#limits, { schema, document, operation }, variableValues);
    if ((operation.variableDefinitions ?? []).length === 0) this.#known.set(operation, { error });
    return error;
  }
}

type Operation = { readonly schema: GraphQLSchema; readonly document: DocumentNode; readonly operation: OperationDefinitionNode };

function findExcess(limits: Limits, { schema, document, operation }: Operation, variableValues: unknown): GraphQLError | undefined {
  const variables = typeof variableValues === "object" && variableValues !== null ? (variableValues as Record<string, unknown>) : {};
  try {
    checkInputs(schema, document, operation, { variables, limits });
  } catch (error) {
    if (!(error instanceof BallastError)) throw error;
    return codedError(error.code, error.message, BAD_REQUEST);
  }
  return refuseMeasure(measureOperation(schema, document, operation, { variables, maxCost: limits.maxCost }), limits);
}

function refuseMeasure({ depth, cost }: { readonly depth: number; readonly cost: number }, limits: Limits): GraphQLError | undefined {
  if (depth > limits.maxDepth)
    return codedError(
      "QUERY_TOO_DEEP",
      `the query nests ${depth} levels; the limit is ${limits.maxDepth}: ask in several queries`,
      BAD_REQUEST,
    );
  if (cost <= limits.maxCost) return undefined;
  const advice = "ask for smaller pages, fewer aliases, or in several queries";
  const found = Number.isFinite(cost) ? `costs ${cost}; the limit is ${limits.maxCost}` : `costs more than ${limits.maxCost}, the limit`;
  return codedError("QUERY_TOO_EXPENSIVE", `the query ${found}: ${advice}`, BAD_REQUEST);
}
