import { describe, expect, it } from "vitest";
import { answerParts, type StoryOfPage } from "./answer-parts.ts";
import type { StoryEvent } from "./story-source.ts";
import { storyEvent } from "./story.fixture.ts";

const DECIDED: StoryEvent["decided"] = {
  decision: 2,
  position: "3",
  kind: "STEAL_PAGES",
  vm: 1,
  reason: "is most idle",
  requestedPages: "57",
  donePages: null,
  clampCause: null,
  figures: [{ vm: 1, figure: "residentPages", value: 2415 }],
};

/** A real page that is mapped, stolen and, where a test says so, back; newest first. */
const STEAL = [
  storyEvent("FRAME_UNMAPPED", 6, { fields: { realPage: 40, physicalPage: 9, cause: "steal" }, decided: DECIDED }),
  storyEvent("PAGE_SWAPPED_OUT", 5, { decided: DECIDED }),
  storyEvent("PAGE_STOLEN", 4, { decided: DECIDED }),
  storyEvent("FRAME_MAPPED", 1, { fields: { realPage: 40, physicalPage: 9 } }),
];

function sentence(changes: Partial<StoryOfPage>): string {
  const story: StoryOfPage = {
    selection: { kind: "real", vm: 1, realPage: 40 },
    earlier: STEAL,
    isCut: false,
    afterwards: [],
    nameOf: (vm) => `VM ${vm}`,
    policyName: "idle-steal",
    ...changes,
  };
  return answerParts(story)
    .map((part) => (typeof part === "string" ? part : part.text))
    .join("");
}

describe("the answer", () => {
  it("names the decision, its figures, where the content went, and who got the frame when", () => {
    const afterwards = [
      storyEvent("FRAME_ZEROED", 7, { vm: 2 }),
      storyEvent("FRAME_MAPPED", 8, { vm: 2, fields: { realPage: 3, physicalPage: 9 } }),
    ];
    expect(sentence({ afterwards })).toBe(
      "Real page 40 of VM 1 was stolen at 0.000006\u202fs: idle-steal decided to steal 57 pages of VM 1. Reason: “is most idle”, for which it saw " +
        "resident pages 2,415. Its content went to the host's swap. Its frame 9 was zeroed and given to real page 3 of VM 2 2.00\u202fµs later. " +
        "Up to this moment the page has not come back.",
    );
  });

  it("says that a page came back, in which frame and after which time", () => {
    const back = storyEvent("FRAME_MAPPED", 16, { fields: { realPage: 40, physicalPage: 11 } });
    expect(sentence({ earlier: [back, ...STEAL] })).toContain("The page came back 10.0\u202fµs later in frame 11.");
  });

  it("says that a page of zeros had no content to keep", () => {
    expect(sentence({ earlier: STEAL.filter(({ type }) => type !== "PAGE_SWAPPED_OUT") })).toContain("It held only zeros");
  });

  it("names the memory limit where no decision stands behind a steal", () => {
    expect(sentence({ earlier: STEAL.map((event) => ({ ...event, decided: null })) })).toContain("than its memory limit allows");
  });

  it("tells of a frame from whom it was taken", () => {
    const selection = { kind: "frame", physicalPage: 9 } as const;
    expect(sentence({ selection })).toContain("Frame 9 was taken from real page 40 of VM 1 at 0.000006\u202fs without the guest's help:");
  });

  it("does not claim more than what is loaded where there is no loss", () => {
    const earlier = STEAL.slice(3);
    expect(sentence({ earlier })).toBe("Real page 40 of VM 1 has not lost its frame up to this moment.");
    expect(sentence({ earlier, isCut: true })).toContain("within its last 1 event");
    expect(sentence({ earlier: [] })).toContain("Nothing has happened");
  });
});
