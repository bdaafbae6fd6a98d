import { ERROR_CODES, type ErrorCode } from "@ballast/core/errors";
import { expect, test } from "vitest";
import { RefusedRequest, refusalParts } from "./http-error.ts";

/** The oracle is RFC 9110, 15.6.4, and RFC 6585, 4: both statuses say that the state passes, and Retry-After when to ask again. */
test("answers of 429 and 503 say when to ask again, and no others do", () => {
  const retryAfter = (code: ErrorCode): string | undefined => refusalParts(new RefusedRequest(code, "no")).headers["retry-after"];
  for (const code of ["TOO_MANY_OPERATIONS", "SERVER_BUSY", "SERVER_CLOSING", "DATABASE_UNREACHABLE"] as const)
    expect([code, retryAfter(code)]).toEqual([code, "1"]);
  for (const code of Object.keys(ERROR_CODES) as ErrorCode[]) {
    const { status } = new RefusedRequest(code, "no");
    expect([code, retryAfter(code) !== undefined]).toEqual([code, status === 429 || status === 503]);
  }
  expect(refusalParts(new RefusedRequest("SERVER_BUSY", "no", { "retry-after": "7" })).headers["retry-after"]).toBe("7");
});
