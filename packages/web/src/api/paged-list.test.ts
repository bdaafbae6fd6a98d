import { describe, expect, it } from "vitest";
import { type Page, PagedList } from "./paged-list.ts";

function page(nodes: number[], endCursor: string | null, hasNextPage = endCursor !== null): Page<number> {
  return { nodes, pageInfo: { hasNextPage, endCursor } };
}

describe("a list with cursors", () => {
  it("is loaded page by page, and passes over pages without items", async () => {
    const pages = new Map([
      [null, page([1, 2], "a")],
      ["a", page([], "b")],
      ["b", page([3], null)],
    ]);
    const list = new PagedList<number>(async (after) => pages.get(after) ?? page([], null));
    await list.loadMore();
    expect(list.loaded.value).toMatchObject({ items: [1, 2], hasMore: true });
    await list.loadMore();
    await list.loadMore();
    expect(list.loaded.value).toMatchObject({ items: [1, 2, 3], hasMore: false, isLoading: false });
  });

  it("asks for the same page again after an error", async () => {
    const asked: (string | null)[] = [];
    const list = new PagedList<number>(async (after) => {
      asked.push(after);
      if (asked.length === 2) throw new Error("away");
      return after === null ? page([1], "a") : page([2], null);
    });
    await list.loadMore();
    await list.loadMore();
    expect(list.loaded.value.error).toBeInstanceOf(Error);
    await list.loadMore();
    expect(asked).toEqual([null, "a", "a"]);
    expect(list.loaded.value).toMatchObject({ items: [1, 2], error: undefined });
  });
});
