import type { TranslatePageQuery } from "./translate.generated.ts";

export type Translated = NonNullable<TranslatePageQuery["run"]>["at"]["translate"];
export type TableStep = Translated["steps"][number];

/** A step that is shown: the address in parts, a look into a table, how it ends, and what the walk costs. */
export type Stage =
  | { readonly kind: "address" }
  | { readonly kind: "table"; readonly step: TableStep }
  | { readonly kind: "outcome" }
  | { readonly kind: "walk" };

export function stagesOf({ steps }: Translated): Stage[] {
  return [{ kind: "address" }, ...steps.map((step) => ({ kind: "table" as const, step })), { kind: "outcome" }, { kind: "walk" }];
}

/** What a reader is asked before a stage is shown. */
export type Question = {
  readonly words: string;
  /** As `isRight` takes it. */
  readonly answer: string;
  /** To choose from; empty: a number is typed, or that there is no entry. */
  readonly choices: readonly string[];
};

export const NO_ENTRY = "no entry";
const OUTCOMES: Readonly<Record<string, string>> = { HIT: "a hit", PAGE_MISS: "a page miss (guest fault)", HOST_FAULT: "a host fault" };
/** Of walks as `WALK_CONDITIONS` explains them. */
const REFERENCES = ["4", "15", "19", "24"];

/** Undefined: this stage is shown without a question. */
export function questionOf(stage: Stage, translated: Translated, isOneLevel: boolean): Question | undefined {
  switch (stage.kind) {
    case "address":
      return undefined;
    case "table":
      return tableQuestion(stage.step, isOneLevel);
    case "outcome":
      return { words: "How does the access end?", answer: outcomeWords(translated.outcome), choices: Object.values(OUTCOMES) };
    case "walk":
      return {
        words: "How many memory references does a full walk of the tables take?",
        answer: String(translated.walkReferences),
        choices: REFERENCES,
      };
  }
}

function tableQuestion({ table, page, found }: TableStep, isOneLevel: boolean): Question | undefined {
  if (table === "FRAME") return undefined;
  const answer = found === null ? NO_ENTRY : String(found);
  const words =
    table === "REAL_MAP_TABLE"
      ? `Which frame does the real map table have for real page ${page}?`
      : `Which ${isOneLevel ? "frame" : "real page"} does the page table have for virtual page ${page}?`;
  return { words, answer, choices: [] };
}

export function outcomeWords(outcome: string): string {
  return OUTCOMES[outcome] ?? outcome;
}

export function isRight({ answer }: Question, given: string): boolean {
  const trimmed = given.trim();
  return trimmed === answer || (/^\d+$/.test(trimmed) && /^\d+$/.test(answer) && Number(trimmed) === Number(answer));
}
