import { describe, expect, it } from "vitest";
import { isRight, NO_ENTRY, questionOf, stagesOf, type Translated } from "./stages.ts";

const step = (table: "PAGE_TABLE" | "REAL_MAP_TABLE" | "FRAME", page: number, found: number | null) => ({
  table,
  page,
  found,
  description: "",
});
const FAULT: Translated = {
  outcome: "HOST_FAULT",
  contentPlace: "HOST_SWAP",
  realPage: 40,
  physicalPage: null,
  virtualPageName: null,
  walkReferences: 24,
  steps: [step("PAGE_TABLE", 24, 40), step("REAL_MAP_TABLE", 40, null)],
};

describe("the stages of a translation", () => {
  it("are the address, each look into a table, the end and the walk, with a question before all but the first", () => {
    const questions = stagesOf(FAULT).map((stage) => questionOf(stage, FAULT, false));
    expect(questions.map((question) => question?.answer)).toEqual([undefined, "40", NO_ENTRY, "a host fault", "24"]);
    expect(questions[1]?.words).toContain("Which real page");
    expect(questions.slice(3).every((question) => question?.choices.includes(question.answer))).toBe(true);
  });

  it("ask for the frame where the page table leads to it, and nothing about the frame itself", () => {
    const hit: Translated = { ...FAULT, outcome: "HIT", walkReferences: 4, steps: [step("PAGE_TABLE", 0, 3), step("FRAME", 3, 3)] };
    expect(stagesOf(hit).map((stage) => questionOf(stage, hit, true)?.words)[1]).toContain("Which frame");
    expect(stagesOf(hit).map((stage) => questionOf(stage, hit, true))[2]).toBeUndefined();
  });

  it("take a number however it is written, and nothing else", () => {
    const question = { words: "", answer: "40", choices: [] };
    expect(["40", " 040 "].every((given) => isRight(question, given))).toBe(true);
    expect(["4", "", NO_ENTRY, "40.0"].some((given) => isRight(question, given))).toBe(false);
  });
});
