import { randomUUID } from "node:crypto";
import { type ExecutionArgs, type ExecutionResult, getOperationAST, GraphQLError } from "graphql";
import { CloseCode, type ServerOptions } from "graphql-ws";
import { isAsyncIterable } from "graphql-yoga";
import { whenExpired } from "../access/index.ts";
import type { Engine, RequestFacts } from "../graphql/engine/create-engine.ts";
import { turns } from "../api/turns.ts";
import { codeErrors } from "../graphql/engine/use-coded-errors.ts";
import { maskError } from "../graphql/errors/mask-error.ts";
import type { Services } from "../api/services.ts";
import { CONNECTION_LIMITS } from "./connection-limits.ts";
import { bearerOf, type RequestGuard } from "./request-guard.ts";
import { socketSinks } from "./socket-sink.ts";
import { endingWith, type SocketOperation } from "./socket-operations.ts";
import type { SocketExtra } from "./web-socket-connection.ts";

type Parts = { readonly engine: Engine; readonly guard: RequestGuard; readonly services: Services };
type Protocol = ServerOptions<Record<string, unknown>, SocketExtra>;
type Executor = (args: ExecutionArgs) => unknown;
type Executors = { readonly rootValue: { readonly execute: Executor; readonly subscribe: Executor } };
type Facts = RequestFacts & SocketOperation;
type Params = { readonly query: string; readonly operationName?: string | null; readonly variables?: object | null };

/** How operations of a WebSocket are admitted, executed and answered: by the engine, with its limits. */
export function graphqlProtocol({ engine, guard, services }: Parts): Protocol {
  const { logger, limits } = services;
  const facts = new WeakMap<object, Facts>();
  const sinkOf = socketSinks();
  const requestOf = (args: unknown) => ({ requestId: facts.get(args as object)?.requestId ?? "", logger });
  const endOf = (args: object) => (): void => facts.get(args)?.end();
  return {
    connectionInitWaitTimeout: CONNECTION_LIMITS.connectionInitMs,
    onConnect: async ({ connectionParams, extra }) => {
      const given = connectionParams?.token ?? bearerOf(extra.request);
      const grant = await guard.authenticate(typeof given === "string" ? given : undefined);
      if (grant === undefined) return false;
      extra.grant = grant;
      extra.socket.once(
        "close",
        whenExpired(grant, () => extra.socket.close(CloseCode.Forbidden, "The token has expired")),
      );
      return true;
    },
    // The engine's own execute and subscribe, with its limits and deadlines, travel with the arguments.
    execute: (args) => executed((args as unknown as Executors).rootValue.execute, args, endOf(args)),
    subscribe: (args) => executed((args as unknown as Executors).rootValue.subscribe, args, endOf(args)),
    onSubscribe: async ({ extra }, _id, params) => {
      const requestId = randomUUID();
      let operation: SocketOperation | undefined;
      try {
        operation = extra.operations.begin();
        const fact = { requestId, scope: extra.grant?.scope ?? "read", sink: sinkOf(extra.socket), ...operation } as const;
        await services.admissions.take(false, fact.signal);
        if (turns.isOver()) await turns.next(fact, fact.signal);
        const args = await argumentsOf(engine, params as Params, fact);
        if (Array.isArray(args)) throw new AggregateError(args);
        facts.set(args, fact);
        return args as never;
      } catch (error) {
        operation?.end();
        const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
        return errors.map((each) => maskError(each, { requestId, logger }));
      }
    },
    onNext: ({ extra }, _id, _params, args, result) =>
      extra.payloads.standInFor(codeErrors(result as ExecutionResult, requestOf(args), limits.maxAnswerBytes)),
    onError: (_context, _id, _params, errors) =>
      errors.map((error) => (error instanceof GraphQLError ? maskError(error, { requestId: "", logger }) : error)) as never,
  };
}

/** What graphql-ws executes, or what is wrong with the document. @throws GraphQLError for one that cannot be parsed. */
async function argumentsOf(engine: Engine, params: Params, fact: Facts): Promise<object | readonly GraphQLError[]> {
  const { schema, execute, subscribe, contextFactory, parse, validate } = engine.getEnveloped({ ...fact, params } as never);
  const document = parse(params.query);
  const errors = validate(schema, document) as readonly GraphQLError[];
  if (errors.length > 0) return errors;
  if (getOperationAST(document, params.operationName) == null)
    return [new GraphQLError("the document has several operations, or none, and `operationName` names none of them")];
  return {
    schema,
    operationName: params.operationName,
    document,
    variableValues: params.variables,
    contextValue: await contextFactory(),
    rootValue: { execute, subscribe },
  };
}

/** A failure as a result: what is thrown would end the whole connection. */
async function executed(execute: Executor, args: ExecutionArgs, end: () => void): Promise<ExecutionResult> {
  try {
    const result = await execute(args);
    if (isAsyncIterable(result)) return endingWith(result as AsyncIterable<ExecutionResult>, end) as never;
    end();
    return result as ExecutionResult;
  } catch (error) {
    end();
    const cause = error instanceof Error ? error : new Error(String(error));
    return { errors: [new GraphQLError(cause.message, { originalError: cause })] };
  }
}
