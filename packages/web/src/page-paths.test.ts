import fc from "fast-check";
import { expect, test } from "vitest";
import { matchPage, PAGE_PATHS, type PageName, pagePath } from "./page-paths.ts";

test("every screen is found at the path that is made for it, whatever its names are", () => {
  fc.assert(
    fc.property(fc.constantFrom(...(Object.keys(PAGE_PATHS) as PageName[])), fc.string({ minLength: 1 }), (page, name) => {
      const places = Object.fromEntries([...PAGE_PATHS[page].matchAll(/:(\w+)/g)].map(([, place = ""]) => [place, name]));
      // A path ends where its query and its fragment begin, and has no part that is empty.
      expect(matchPage(pagePath(page, places as never))).toEqual({ page, places });
    }),
  );
});

test.each(["/run", "/runs/1/2/3", "/runs/1/events", "/runs/1/at/5", "/graphql", "/assets/index.js", "/runs/%E0%A4%A"])(
  "%s is no screen",
  (path) => {
    expect(matchPage(path)).toBeUndefined();
  },
);

test("a slash at the end makes no difference", () => {
  expect(matchPage("/runs/")).toEqual({ page: "runs", places: {} });
});
