import { count } from "../format/numbers.ts";
import { decisionWords } from "../run/decision-words.ts";
import { duration } from "../format/numbers.ts";

type Decision = {
  readonly decision: number;
  readonly kind: string;
  readonly vm: number | null;
  readonly reason: string;
  readonly requestedPages: string;
};

export type Side = {
  readonly policy: string;
  readonly event: { readonly timeNs: string; readonly text: string };
  readonly decision: Decision | null;
  readonly newDecisions: readonly { readonly decision: number }[];
  readonly nameOf: (vm: number) => string;
};

/** Which decision made runs differ, in one sentence: what each policy did where the others did something else. */
export function differenceSentence(equalEvents: string, sides: readonly Side[]): string {
  const parts = sides.map(sideText);
  return `After ${count(equalEvents)} equal events ${parts.slice(0, -1).join(", ")}${parts.length > 2 ? "," : ""} and ${parts.at(-1) ?? ""}.`;
}

function sideText({ policy, event, decision, newDecisions, nameOf }: Side): string {
  const decided = decision !== null && newDecisions.some((each) => each.decision === decision.decision) ? decision : null;
  const when = duration(event.timeNs);
  if (decided === null) return `${policy} decided nothing (at ${when}: ${event.text})`;
  return `${policy} decided at ${when} to ${decisionWords(decided, nameOf)} (“${decided.reason}”)`;
}
