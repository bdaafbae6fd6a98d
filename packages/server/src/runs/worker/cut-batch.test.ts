import { EventBatch, EventCode } from "@ballast/core/events";
import { describe, expect, test } from "vitest";
import { cutBatch } from "./cut-batch.ts";

/** Five decisions whose reasons are the texts 3, 3, 4, 1, 5; the run knew the texts 1 and 2 before. */
function fiveDecisions(): { batch: EventBatch; texts: string[] } {
  const batch = new EventBatch(11, 8, 3);
  for (const text of [3, 3, 4, 1, 5]) batch.append(EventCode.PolicyDecided, 0, 1, 0, 1, text, 1, 1);
  const texts = ["", "one", "two", "three", "four", "five"];
  batch.texts = texts.slice(3);
  return { batch, texts };
}

/** The oracle is the definition: a part carries the texts that it is the first to mention. */
describe("cutting a batch", () => {
  test("gives each part the texts that it is the first to mention", () => {
    const { batch, texts } = fiveDecisions();
    const first = cutBatch(batch, 0, 2, 2, texts);
    const second = cutBatch(batch, 2, 5, 3, texts);
    expect([first.firstPosition, first.firstTextId, first.texts]).toEqual([11, 3, ["three"]]);
    expect([second.firstPosition, second.firstTextId, second.texts]).toEqual([13, 4, ["four", "five"]]);
  });

  test("gives no text to a part that mentions known ones only", () => {
    const { batch, texts } = fiveDecisions();
    expect(cutBatch(batch, 3, 4, 4, texts).texts).toEqual([]);
  });
});
