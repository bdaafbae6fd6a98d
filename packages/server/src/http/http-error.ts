import type { ServerResponse } from "node:http";
import type { ErrorCode } from "@ballast/core/errors";

/** HTTP statuses of the codes that HTTP itself refuses with; 503 says of any
 * code of the database that it may pass; any other is 400. */
const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  TOKEN_INVALID: 401,
  HOST_REFUSED: 403,
  ORIGIN_REFUSED: 403,
  NOT_FOUND: 404,
  RUN_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  BODY_TOO_LARGE: 413,
  MEDIA_TYPE_UNSUPPORTED: 415,
  HEADERS_TOO_LARGE: 431,
  INTERNAL: 500,
  SERVER_CLOSING: 503,
  TIMED_OUT: 504,
};

export function statusOf(code: ErrorCode): number {
  return STATUS[code] ?? (code.startsWith("DATABASE_") ? 503 : 400);
}

export function errorBody(code: ErrorCode, message: string): string {
  return JSON.stringify({ errors: [{ message, extensions: { code } }] });
}

/** Answers with one error, in the form that GraphQL answers have too. */
export function sendError(
  response: ServerResponse,
  code: ErrorCode,
  message: string,
  headers: Record<string, string> = {},
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = errorBody(code, message);
  response.writeHead(statusOf(code), {
    "content-type": "application/json; charset=utf-8",
    "content-length": String(Buffer.byteLength(body)),
    ...headers,
  });
  response.end(body);
}

/** A request that is refused; `headers` go with the answer. */
export class RefusedRequest extends Error {
  override readonly name = "RefusedRequest";
  readonly code: ErrorCode;
  readonly headers: Record<string, string>;

  constructor(code: ErrorCode, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.code = code;
    this.headers = headers;
  }
}
