import type { IncomingMessage } from "node:http";
import { RefusedRequest } from "./http-error.ts";
import { acceptsAny } from "../api/media-types.ts";

const SERVED = ["application/graphql-response+json", "application/json", "text/event-stream"] as const;

/** @throws RefusedRequest NOT_ACCEPTABLE for a client that takes none of the forms in which GraphQL is answered. */
export function requireAcceptable({ headers }: IncomingMessage): void {
  if (acceptsAny(headers.accept, SERVED)) return;
  throw new RefusedRequest(
    "NOT_ACCEPTABLE",
    `the request accepts ${JSON.stringify(headers.accept)} only: accept one of ${SERVED.join(", ")}`,
  );
}
