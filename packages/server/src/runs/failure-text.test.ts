import { ERROR_CODES, type ErrorCode } from "@ballast/core/errors";
import { describe, expect, test } from "vitest";
import { failureText, parseFailureText } from "./failure-text.ts";

describe("the text of a RunFailed event", () => {
  test("tells every code, and a message of several lines, back", () => {
    for (const code of Object.keys(ERROR_CODES) as ErrorCode[]) {
      const error = { code, message: "it said: no\nand again: no" };
      expect(parseFailureText(failureText(error))).toEqual(error);
    }
  });

  test("without a known code is told whole", () => {
    expect(parseFailureText("SOMETHING: else")).toEqual({ code: "RUN_FAILED", message: "SOMETHING: else" });
  });
});
