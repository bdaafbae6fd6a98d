import type { IncomingMessage, ServerResponse } from "node:http";
import type { Scope } from "../access/index.ts";
import type { Services } from "../api/services.ts";
import type { UnfinishedBytes } from "./unfinished-bytes.ts";

/** One request and what its handler needs to answer it. */
export type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly requestId: string;
  /** Aborts when the client has gone or the server closes. */
  readonly signal: AbortSignal;
  readonly services: Services;
  readonly unfinished: UnfinishedBytes;
  /** What the client may do; of pages that ask for no token, nothing but to read. */
  readonly scope: Scope;
  /** Whether answers may only be kept by the client itself, because others would not get them. */
  readonly isPrivate: boolean;
};

export type Handler = (exchange: Exchange) => Promise<void> | void;

/** Of an answer that is the same for ever. */
export function immutableCacheControl(isPrivate: boolean): string {
  return `${isPrivate ? "private" : "public"}, max-age=31536000, immutable`;
}

/** Of an answer that may be another one the next time. */
export const CHANGING_CACHE_CONTROL = "no-store";
