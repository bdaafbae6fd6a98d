import { randomUUID } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type ExecutionArgs, type ExecutionResult, GraphQLError } from "graphql";
import { type ServerOptions } from "graphql-ws";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import type { Engine, RequestFacts } from "../graphql/engine/create-engine.ts";
import { codeErrors } from "../graphql/engine/use-coded-errors.ts";
import { maskError } from "../graphql/errors/mask-error.ts";
import type { Services } from "../graphql/services.ts";
import { RefusedRequest } from "./http-error.ts";
import { refuseOnSocket } from "./refuse-bytes.ts";
import { urlOfRequest } from "./request-url.ts";
import type { RequestGuard } from "./request-guard.ts";

type Options = {
  readonly server: Server;
  readonly engine: Engine;
  readonly guard: RequestGuard;
  readonly services: Services;
  readonly onCount: (change: 1 | -1) => void;
};

type Executor = (args: ExecutionArgs) => unknown;

/** GraphQL over WebSocket (the graphql-transport-ws protocol) at /graphql. Returns what ends it. */
export function serveWebSockets({ server, engine, guard, services, onCount }: Options): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: services.limits.maxBodyBytes });
  const disposable = useServer(protocolOptions(engine, guard, services), sockets);
  sockets.on("wsClientError", (error, socket) =>
    refuseOnSocket(socket, "REQUEST_INVALID", `the upgrade to a WebSocket is not sound: ${error.message}`),
  );
  sockets.on("connection", (socket) => {
    onCount(1);
    socket.once("close", () => onCount(-1));
  });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = findRefusal(request, guard);
    if (refusal !== undefined) return refuseOnSocket(socket, refusal.code, refusal.message);
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit("connection", opened, request));
  });
  return async () => {
    await disposable.dispose();
  };
}

/** The token is not looked for here: browsers cannot send one with the handshake, so that `connection_init` brings it. */
function findRefusal(request: IncomingMessage, guard: RequestGuard): RefusedRequest | undefined {
  try {
    guard.checkHost(request);
    guard.checkOrigin(request);
    const path = urlOfRequest(request).pathname;
    if (path === "/graphql") return undefined;
    throw new RefusedRequest("NOT_FOUND", `there is no WebSocket at ${path}: use /graphql`);
  } catch (error) {
    if (error instanceof RefusedRequest) return error;
    throw error;
  }
}

function protocolOptions(
  engine: Engine,
  guard: RequestGuard,
  services: Services,
): ServerOptions<Record<string, unknown>, { request: IncomingMessage }> {
  const facts = new WeakMap<object, RequestFacts>();
  const codeOf = (args: unknown, result: ExecutionResult): ExecutionResult =>
    codeErrors(result, { requestId: facts.get(args as object)?.requestId ?? "", logger: services.logger });
  return {
    onConnect: ({ connectionParams, extra }) => {
      const given = connectionParams?.token ?? /^Bearer\s+(\S+)$/i.exec(extra.request.headers.authorization ?? "")?.[1];
      return guard.acceptsToken(typeof given === "string" ? given : undefined);
    },
    // The engine's own execute and subscribe, with its limits and deadlines, travel with the arguments.
    execute: (args) =>
      (args as unknown as { rootValue: { execute: Executor } }).rootValue.execute(args) as ExecutionResult,
    subscribe: (args) =>
      (args as unknown as { rootValue: { subscribe: Executor } }).rootValue.subscribe(args) as Promise<ExecutionResult>,
    onSubscribe: async (_context, _id, params) => {
      const fact: RequestFacts = { requestId: randomUUID(), signal: services.closing };
      try {
        const { schema, execute, subscribe, contextFactory, parse, validate } = engine.getEnveloped({
          ...fact,
          params,
        });
        const document = parse(params.query);
        const errors = validate(schema, document) as readonly GraphQLError[];
        if (errors.length > 0) return errors.map((error) => maskError(error, { ...fact, logger: services.logger }));
        const args = {
          schema,
          operationName: params.operationName,
          document,
          variableValues: params.variables,
          contextValue: await contextFactory(),
          rootValue: { execute, subscribe },
        };
        facts.set(args, fact);
        return args;
      } catch (error) {
        return [maskError(error, { ...fact, logger: services.logger })];
      }
    },
    onNext: (_context, _id, _params, args, result) => codeOf(args, result as ExecutionResult) as never,
    onError: (_context, _id, _params, errors) =>
      errors.map((error) =>
        error instanceof GraphQLError ? maskError(error, { requestId: "", logger: services.logger }) : error,
      ) as never,
  };
}
