import { expect, test } from "vitest";
import { troubleIn } from "./server-log.ts";

test("errors, stacks and INTERNAL are trouble; warnings, progress and a start without Postgres are not", () => {
  const trouble = [
    '{"level":50,"msg":"a request failed in a way that should not happen"}',
    '{"level":40,"err":{"code":"INTERNAL"},"msg":"a run left its worker"}',
    "    at main (file:///main.ts:1:1)",
    "Uncaught Error: x",
  ];
  const fine = [
    '{"level":40,"msg":"the queue cannot be read"}',
    "Starting Postgres 18 on /x",
    "error: Postgres cannot be reached [DATABASE_UNREACHABLE]",
  ];
  expect(troubleIn([...trouble, ...fine])).toEqual(trouble);
});
