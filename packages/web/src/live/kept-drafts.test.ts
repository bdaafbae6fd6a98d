import { expect, it } from "vitest";
import { KeptDrafts } from "./kept-drafts.ts";

function storageOf(content?: string) {
  const items = new Map(content === undefined ? [] : [["ballast-drafts", content]]);
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

it("a draft is there after a reload, each under the scenario that it began with, until it is dropped", () => {
  const storage = storageOf();
  const drafts = new KeptDrafts(storage);
  drafts.keep("sample", { initial: { name: "sample" }, value: { name: "mine" } });
  drafts.keep("two-level", { initial: { name: "two-level" }, value: { name: "other" } });
  const again = new KeptDrafts(storage);
  expect(again.last).toBe("two-level");
  expect(again.find("sample")).toEqual({ initial: { name: "sample" }, value: { name: "mine" } });
  again.drop("two-level");
  const last = new KeptDrafts(storage);
  expect([last.last, last.find("two-level"), last.find("sample")?.value]).toEqual([undefined, undefined, { name: "mine" }]);
  expect(last.hasDropped).toBe(false);
});

it("what is no draft of this version is dropped and said, never an error", () => {
  const texts = ["", "{", "null", '{"version":0,"drafts":{}}', '{"version":1}', '{"version":1,"drafts":{"sample":{"value":3}}}'];
  for (const text of texts) {
    const storage = storageOf(text);
    expect(new KeptDrafts(storage).hasDropped).toBe(true);
    expect(storage.items.size).toBe(0);
  }
});

it("a draft that is larger than the storage allows is not kept, and the others of the page go on", () => {
  const storage = storageOf();
  const full = {
    ...storage,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  };
  const drafts = new KeptDrafts(full);
  drafts.keep("sample", { initial: {}, value: { name: "large" } });
  expect(drafts.find("sample")?.value).toEqual({ name: "large" });
  expect(storage.items.size).toBe(0);
});
