import { expect, it } from "vitest";
import { answerWords, eventsCausedBy } from "./touch-answer.ts";

const event = (position: string, type: "PAGE_MISSED" | "HOST_FAULTED" | "PAGE_STOLEN" | "PAGE_HIT" | "AGE_SCANNED", causes: string[]) => ({
  position,
  type,
  text: "",
  causes: causes.map((cause) => ({ event: { position: cause } })),
});

it("the events of a touch are those that go back to its command, and say whether it was a hit, a fault, a steal", () => {
  const behind = [event("8", "PAGE_MISSED", ["7"]), event("9", "AGE_SCANNED", []), event("10", "HOST_FAULTED", ["8", "7"])];
  const caused = eventsCausedBy("7", behind);
  expect(caused.map(({ position }) => position)).toEqual(["8", "10"]);
  expect(answerWords(caused)).toBe("a page miss (guest fault), a host fault");
  expect(answerWords([event("8", "PAGE_STOLEN", []), event("9", "PAGE_STOLEN", [])])).toBe("2 pages stolen");
  expect(answerWords([])).toBe("a hit");
  expect(answerWords([event("8", "PAGE_HIT", [])])).toBe("a hit");
});
