import { expect, test } from "vitest";
import { FIRST_DRAFT, inputOf } from "./start-input.ts";

/** The oracle is the API's `StartExperimentInput`. */
test("the form's texts become numbers, truth values and words, and what is empty keeps its default", () => {
  const draft = {
    ...FIRST_DRAFT,
    policies: ["esx", "idle-steal"],
    parameters: { "idle-steal": { periodNs: "1000000", isOn: "true", mode: "slow", left: "" }, unused: { x: "1" } },
    baseline: "idle-steal",
    keepsEvents: false,
  };
  expect(inputOf("sample", draft)).toEqual({
    scenario: { name: "sample" },
    variants: [
      { policy: "esx", parameters: {} },
      { policy: "idle-steal", parameters: { periodNs: 1_000_000, isOn: true, mode: "slow" } },
    ],
    baseline: 1,
    seedCount: 5,
    uncommitted: true,
    keep: "FIGURES",
  });
});

test("a baseline that is not chosen any more gives way to the first policy", () => {
  expect(inputOf("sample", { ...FIRST_DRAFT, policies: ["esx"], baseline: "ksm" }).baseline).toBe(0);
});
