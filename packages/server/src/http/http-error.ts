import type { ServerResponse } from "node:http";
import type { ErrorCode } from "@ballast/core/errors";

/** HTTP statuses of the codes that HTTP itself refuses with; 503 says of any
 * code of the database that it may pass; any other is 400. */
const STATUS: Readonly<Partial<Record<ErrorCode, number>>> = {
  TOKEN_INVALID: 401,
  SCOPE_MISSING: 403,
  HOST_REFUSED: 403,
  ORIGIN_REFUSED: 403,
  NOT_FOUND: 404,
  RUN_NOT_FOUND: 404,
  EXPERIMENT_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  BODY_TOO_LARGE: 413,
  MEDIA_TYPE_UNSUPPORTED: 415,
  EXPECTATION_UNSUPPORTED: 417,
  TOO_MANY_OPERATIONS: 429,
  HEADERS_TOO_LARGE: 431,
  HISTORY_DAMAGED: 500,
  INTERNAL: 500,
  SERVER_BUSY: 503,
  SERVER_CLOSING: 503,
  TIMED_OUT: 504,
};

function statusOf(code: ErrorCode): number {
  return STATUS[code] ?? (code.startsWith("DATABASE_") ? 503 : 400);
}

/** Statuses of what passes by itself: the client is told after how many seconds it may ask again (RFC 9110, 10.2.3). */
const PASSING: ReadonlySet<number> = new Set([429, 503]);
const RETRY_AFTER_S = "1";

/** A request that is refused; `headers` go with the answer. `status` is the code's, unless given. */
export class RefusedRequest extends Error {
  override readonly name = "RefusedRequest";
  readonly code: ErrorCode;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;

  constructor(code: ErrorCode, message: string, headers: Readonly<Record<string, string>> = {}, status = statusOf(code)) {
    super(message);
    this.code = code;
    this.headers = headers;
    this.status = status;
  }
}

/** The headers and the body of a refusal's answer, in the form that GraphQL answers have too. */
export function refusalParts({ code, message, headers, status }: RefusedRequest): {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
} {
  const body = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  const length = String(Buffer.byteLength(body));
  const retry = PASSING.has(status) ? { "retry-after": RETRY_AFTER_S } : {};
  return { headers: { "content-type": "application/json; charset=utf-8", "content-length": length, ...retry, ...headers }, body };
}

/** Answers with one error; a connection on which an answer has begun already is ended. */
export function sendRefusal(response: ServerResponse, refusal: RefusedRequest): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { headers, body } = refusalParts(refusal);
  response.writeHead(refusal.status, { ...headers, ...(awaitsContinue(response) ? { connection: "close" } : {}) });
  response.end(body);
}

/** The client waits to be asked for its body, and may send it or not after another answer: what follows cannot be told from it. */
function awaitsContinue({ req }: ServerResponse): boolean {
  return req.headers.expect !== undefined && !req.complete;
}
