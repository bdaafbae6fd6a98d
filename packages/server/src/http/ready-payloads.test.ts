import { expect, test } from "vitest";
import { ReadyPayloads } from "./ready-payloads.ts";

const messageOf = (payload: object): string => JSON.stringify({ id: "1", type: "next", payload });

// Oracle: the message as JSON.stringify writes it with the result itself.
test("a result that has its text is sent with it, once", () => {
  const payloads = new ReadyPayloads();
  const data = { data: { a: 'ready-payload-1"}' } };
  const shared = { ...data, stringify: () => JSON.stringify(data) };
  const [first, second] = [messageOf(payloads.standInFor(shared)), messageOf(payloads.standInFor(shared))];
  expect(payloads.fill(second)).toBe(messageOf(data));
  expect(payloads.fill(first)).toBe(messageOf(data));
  expect(payloads.fill(first)).toBe(first);
});

test("other messages stay as they are, whatever they hold", () => {
  const payloads = new ReadyPayloads();
  payloads.standInFor({ stringify: () => "{}" } as object);
  const others = [messageOf(payloads.standInFor({ data: { payload: "ready-payload-1" } })), '{"type":"pong"}', ""];
  for (const message of others) expect(payloads.fill(message)).toBe(message);
});
