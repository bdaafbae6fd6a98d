import { expect, it } from "vitest";
import { carriedWords } from "./carried-words.ts";

it("what an event carries is read from its text: without its type and decision, with names as words", () => {
  expect(carriedWords("VM 1: PageStolen realPage 40 physicalPage 7 order idle decision 2")).toBe("real page 40 frame 7 order idle");
  expect(carriedWords("VM 1 process 2: Trapped cause missing real map entry virtualPage 24 costNs 500")).toBe(
    "cause missing real map entry virtual page 24 cost ns 500",
  );
  expect(carriedWords("host: RunStarted")).toBe("");
});
