import { EventBatch, EventCode, viewEvent } from "@ballast/core/events";
import { expect, test } from "vitest";
import { eventLine } from "./event-line.ts";

test("an event's line is the same with colours as without, but for the colours", () => {
  const batch = new EventBatch(1, 1, 1);
  batch.append(EventCode.BalloonPagePinned, 1_000, 2, 0, 7, 0, 0, 0);
  const event = viewEvent(batch, 0, () => "");
  const plain = eventLine(event, (_style, text) => text);
  const painted = eventLine(event, (_style, text) => `<${text}>`);
  expect(painted).not.toBe(plain);
  expect(painted.replaceAll(/[<>]/g, "")).toBe(plain);
  expect(plain).toMatch(/^ +1 +[\d.,]+ \w+ +BalloonPagePinned +VM 2 /);
});
