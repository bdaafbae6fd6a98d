import { EventBatch, EventCode, viewEvent } from "@ballast/core/events";
import { expect, test } from "vitest";
import { eventLine } from "./event-line.ts";
import { eventShape } from "./event-shape.ts";

function stolen(decision: number): ReturnType<typeof viewEvent> {
  const batch = new EventBatch(1, 1);
  batch.append(EventCode.PageStolen, 0, 1, 0, 5, 6, 4, 0, decision);
  batch.length = 1;
  return viewEvent(batch, 0, () => "");
}

test("an event shows the decision that it goes back to, and nothing where it goes back to none", () => {
  expect(eventLine(stolen(12), (_style, text) => text)).toMatch(/order=fifo decision=12$/);
  expect(eventLine(stolen(0), (_style, text) => text)).toMatch(/order=fifo$/);
  expect([eventShape(stolen(12))["decision"], eventShape(stolen(0))["decision"]]).toEqual([12, null]);
});
