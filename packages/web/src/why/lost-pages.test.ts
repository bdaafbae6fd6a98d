import { expect, it } from "vitest";
import { newestOfEach } from "./lost-pages.ts";

it("a page that is stolen and swapped out in one instant is suggested once, as stolen, and by its newest loss", () => {
  const event = (type: "PAGE_STOLEN" | "PAGE_SWAPPED_OUT", position: number, timeNs: number, realPage: number) => ({
    type,
    position: String(position),
    timeNs: String(timeNs),
    vm: 1,
    decided: null,
    fields: [{ name: "realPage", value: String(realPage) }],
  });
  const found = newestOfEach([
    event("PAGE_SWAPPED_OUT", 12, 9, 5),
    event("PAGE_STOLEN", 11, 9, 5),
    event("PAGE_STOLEN", 8, 6, 7),
    event("PAGE_STOLEN", 3, 2, 5),
  ]);
  expect(found.map(({ realPage, type, position }) => [realPage, type, position])).toEqual([
    [5, "PAGE_STOLEN", "11"],
    [7, "PAGE_STOLEN", "8"],
  ]);
});
