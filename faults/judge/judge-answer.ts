import type { Sabotage } from "../actors/saboteur.ts";
import { type Answer, describeQuestion, type Question } from "./questions.ts";
import { isRepaired, mayDiffer } from "./stored-parts.ts";

/** How a question about a run was answered, held against the answer about the undisturbed one. */
export type Verdict =
  | { readonly kind: "equal" }
  /** HISTORY_DAMAGED, with positions that contain the damage. */
  | { readonly kind: "named" }
  /** Another answer, of a part that nothing claims to check. */
  | { readonly kind: "unchecked" }
  | { readonly kind: "wrong"; readonly why: string };

const EQUAL: Verdict = { kind: "equal" };

/** `damage`: what was done to the run's rows, or to rows that all runs share; none for an undamaged run, which has to be answered rightly. */
export function judgeAnswer(question: Question, expected: string, answer: Answer, damage: Sabotage | undefined): Verdict {
  const wrong = (why: string): Verdict => ({ kind: "wrong", why: `${describeQuestion(question)}: ${why}` });
  if (answer.kind === "answer" && answer.text === expected) return EQUAL;
  if (answer.kind === "answer")
    return isExcused(damage)
      ? { kind: "unchecked" }
      : wrong(`answered otherwise than by the undisturbed run: ${firstDifference(expected, answer.text)}`);
  if (damage === undefined) return wrong(answer.kind === "refused" ? `refused with ${answer.text.slice(0, 300)}` : answer.text);
  if (answer.kind === "unreachable") return question.kind === "export" ? { kind: "named" } : wrong(answer.text);
  return judgeRefusal(answer, damage, wrong);
}

const GONE: ReadonlySet<string> = new Set(["RUN_NOT_FOUND", "TRACE_NOT_FOUND", "POSITION_OUT_OF_RANGE"]);

/** Codes that say that something stored is not there or not right. A whole row that is gone may be told as such. */
function judgeRefusal({ codes, text }: Answer & { kind: "refused" }, damage: Sabotage, wrong: (why: string) => Verdict): Verdict {
  const isGone = damage.how === "delete" || damage.how === "empty";
  if (isRepaired(damage.table)) return wrong(`refused, where the damaged part could be made again: ${text.slice(0, 300)}`);
  if (codes.every((code) => code === "HISTORY_DAMAGED")) {
    return namesPositions(text, damage)
      ? { kind: "named" }
      : wrong(`the damage at ${damage.positions?.join("-")} is not among the positions of ${text.slice(0, 300)}`);
  }
  if (isGone && codes.every((code) => GONE.has(code))) return { kind: "named" };
  if (mayDiffer(damage.table, damage.column) && !codes.includes("INTERNAL")) return { kind: "unchecked" };
  return wrong(`refused with ${text.slice(0, 300)}`);
}

/** What people gave may be answered as it is stored; so may columns of checked rows that nothing is computed from. */
function isExcused(damage: Sabotage | undefined): boolean {
  return damage !== undefined && mayDiffer(damage.table, damage.column);
}

/** Ranges like 12-40, 12 to 40 or 12 .. 40, and single positions, one of which must touch the damaged row's. */
export function namesPositions(text: string, { positions }: Pick<Sabotage, "positions">): boolean {
  if (positions === undefined) return true;
  const [from, to] = positions;
  const ranges = [...text.matchAll(/(\d[\d,]*)(?:\s*(?:-|–|\.\.|to)\s*(\d[\d,]*))?/g)];
  const value = (digits: string): number => Number(digits.replaceAll(",", ""));
  return ranges.some(([, first = "", last = first]) => value(first) <= to && value(last) >= from);
}

function firstDifference(expected: string, found: string): string {
  let at = 0;
  while (at < expected.length && expected[at] === found[at]) at++;
  const cut = (text: string): string => JSON.stringify(text.slice(Math.max(0, at - 60), at + 60));
  return `${cut(found)} instead of ${cut(expected)}`;
}
