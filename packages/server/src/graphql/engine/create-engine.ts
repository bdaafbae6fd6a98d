import type { GraphQLSchema } from "graphql";
import { createYoga, type YogaServerInstance } from "graphql-yoga";
import type { RequestContext } from "../../api/request-context.ts";
import { DocumentCache } from "../limits/document-cache.ts";
import { useLimits } from "../limits/use-limits.ts";
import type { Services } from "../../api/services.ts";
import { SharedResults } from "../tail/shared-results.ts";
import { useCodedErrors } from "./use-coded-errors.ts";
import { useStreamsWhereAccepted } from "./use-streams-where-accepted.ts";
import { useSubscriptions } from "./use-subscriptions.ts";
import { useDeadlines } from "./use-deadlines.ts";
import { useScopes } from "./use-scopes.ts";
import { useImmutableAnswers } from "./use-immutable-answers.ts";
import { type Phase, usePhases } from "./use-phases.ts";

/** What comes with each request from HTTP or a WebSocket. */
export type RequestFacts = Pick<RequestContext, "requestId" | "signal" | "sink" | "scope">;

export type Engine = YogaServerInstance<RequestFacts, RequestContext>;

export type EngineOptions = {
  readonly schema: GraphQLSchema;
  readonly services: Services;
  /** Of an answer that never changes. */
  readonly immutableCacheControl: string;
  readonly observe: (phase: Phase, seconds: number) => void;
};

/** Yoga with the defaults changed that docs/graphql.md names. The HTTP around it reads bodies and refuses requests. */
export function createEngine({ schema, services, immutableCacheControl, observe }: EngineOptions): Engine {
  return createYoga<RequestFacts, RequestContext>({
    schema,
    context: ({ requestId, signal, sink, scope }) => ({ services, requestId, signal, sink, scope }),
    cors: false,
    multipart: false,
    batching: false,
    graphiql: false,
    landingPage: false,
    logging: false,
    maskedErrors: false,
    // Yoga's own caches hold a thousand documents of any size.
    parserAndValidationCache: { documentCache: new DocumentCache(), errorCache: new DocumentCache() },
    plugins: [
      usePhases(observe),
      useLimits(services.limits),
      useScopes(),
      useImmutableAnswers(immutableCacheControl),
      useDeadlines(services.limits, services.answerBytes),
      useSubscriptions(new SharedResults()),
      useCodedErrors(services),
      useStreamsWhereAccepted(),
    ],
  });
}
