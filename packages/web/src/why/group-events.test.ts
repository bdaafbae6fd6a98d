import { describe, expect, it } from "vitest";
import { groupEvents } from "./group-events.ts";
import { storyEvent } from "./story.fixture.ts";

describe("lines of a story", () => {
  it("join three or more events that differ in their time only, and keep what differs apart", () => {
    const hit = (position: number, realPage = 7) => storyEvent("PAGE_HIT", position, { fields: { realPage } });
    const events = [hit(1), hit(2), hit(3), hit(4), hit(5, 8), hit(6, 8), storyEvent("PAGE_MAPPED", 9)];
    expect(groupEvents(events).map(({ events: { length } }) => length)).toEqual([4, 1, 1, 1]);
  });

  it("measure the time since the end of the line before, in either direction", () => {
    const events = [1, 2, 3, 10].map((position) => storyEvent(position === 10 ? "PAGE_STOLEN" : "PAGE_HIT", position));
    expect(groupEvents(events).map(({ gapNs }) => gapNs)).toEqual([0, 7_000]);
    expect(groupEvents(events.toReversed()).map(({ gapNs }) => gapNs)).toEqual([0, 7_000]);
  });
});
