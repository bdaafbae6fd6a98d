import { ask } from "../api/ask.ts";
import { TranslationChanges, type TranslationChangesQueryVariables } from "./translate.generated.ts";

/** Events that change an entry on the way of a virtual page to its frame. */
const CHANGING: ReadonlySet<string> = new Set([
  "PAGE_MAPPED",
  "PAGE_UNMAPPED",
  "FRAME_MAPPED",
  "FRAME_UNMAPPED",
  "FRAME_SHARED",
  "PAGE_SHARED",
  "SHARED_PAGE_COPIED",
  "SHARED_FRAME_UNMAPPED",
  "FRAME_UNSHARED",
  "LARGE_PAGE_MAPPED",
  "LARGE_PAGE_SHATTERED",
  "SWAP_CACHE_HIT",
  "BALLOON_PAGE_PINNED",
  "BALLOON_PAGE_UNPINNED",
  "BALLOON_POPPED",
]);

export type ChangeQuestion = {
  readonly run: string;
  readonly vm: number;
  readonly process: number;
  readonly virtualPage: number;
  readonly realPage: number | null;
  readonly at: number;
  readonly head: number;
};

/** The position of the next event, or of the one before, that changes a translation; undefined: there is none. */
export async function changePosition(question: ChangeQuestion, way: "next" | "previous", signal: AbortSignal): Promise<number | undefined> {
  const { run } = await ask(TranslationChanges, changeVariables(question, way), signal);
  const positions = [...(run?.virtualPageHistory.nodes ?? []), ...(run?.pageHistory?.nodes ?? [])]
    .filter(({ type }) => CHANGING.has(type))
    .map(({ position }) => Number(position));
  if (positions.length === 0) return undefined;
  return way === "next" ? Math.min(...positions) : Math.max(...positions);
}

function changeVariables(
  { run, vm, process, virtualPage, realPage, at, head }: ChangeQuestion,
  way: "next" | "previous",
): TranslationChangesQueryVariables {
  const range =
    way === "next"
      ? ({ fromPosition: String(at + 1), toPosition: String(head), direction: "ASCENDING" } as const)
      : ({ fromPosition: "1", toPosition: String(at - 1), direction: "DESCENDING" } as const);
  return { run, vm, process, virtualPage, realPage: realPage ?? 0, isReal: realPage !== null, ...range };
}
