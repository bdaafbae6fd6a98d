import { expect, test } from "vitest";
import { differenceSentence, type Side } from "./difference-sentence.ts";

const side = (policy: string, decision: Side["decision"], isNew: boolean): Side => ({
  policy,
  event: { timeNs: "5000000", text: "VM 1 stole page 3" },
  decision,
  newDecisions: isNew && decision !== null ? [{ decision: decision.decision }] : [],
  nameOf: (vm) => `VM ${["", "archive"][vm] ?? vm}`,
});

const STEAL = { decision: 4, kind: "STEAL_PAGES", vm: 1, reason: "most idle", requestedPages: "57" };

/** Written down by hand; `newDecisions` are what a policy decided since the last common event. */
test("says what each policy decided where the runs part, and that one decided nothing", () => {
  expect(differenceSentence("1234", [side("idle-steal", STEAL, true), side("ballooning", STEAL, false)]).replaceAll("\u202f", " ")).toBe(
    "After 1,234 equal events idle-steal decided at 5.00 ms to steal 57 pages of VM archive (“most idle”) and ballooning decided nothing (at 5.00 ms: VM 1 stole page 3).",
  );
});

test("names three runs with commas", () => {
  const sides = [side("a", STEAL, true), side("b", null, false), side("c", null, false)];
  expect(differenceSentence("0", sides)).toMatch(/^After 0 equal events a decided .*, b decided nothing .*, and c decided nothing .*\.$/);
});
