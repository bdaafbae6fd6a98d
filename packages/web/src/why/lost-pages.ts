import { ask } from "../api/ask.ts";
import { LostPages, type LostPagesQuery, type LostPagesQueryVariables } from "./suggestions.generated.ts";

type Events = NonNullable<LostPagesQuery["run"]>["events"]["nodes"];
export type LostPage = Events[number] & { readonly vm: number; readonly realPage: number };

/** As many pages as are suggested. */
const SHOWN = 12;

/** Positions that are looked through first; each step back looks through four times as many. */
const FIRST_SPAN = 2_000;

/** The pages that lost their content or frame last up to a position, newest first, each once. */
export async function lostPages(run: string, at: number, signal: AbortSignal): Promise<LostPage[]> {
  const newestFirst: Events[number][] = [];
  for (let to = at, span = FIRST_SPAN; to > 0 && newestOfEach(newestFirst).length < SHOWN; to -= span, span *= 4) {
    const variables = lostPagesVariables(run, Math.max(1, to - span + 1), to);
    const events = (await ask(LostPages, variables, signal)).run?.events.nodes ?? [];
    newestFirst.push(...events.toReversed());
  }
  return newestOfEach(newestFirst);
}

export function lostPagesVariables(run: string, from: number, to: number): LostPagesQueryVariables {
  return { run, from: String(from), to: String(to) };
}

/** Of events newest first; a page that is stolen is swapped out in the same moment, and counts once, with what began it. */
export function newestOfEach(events: Events): LostPage[] {
  const pages = new Map<string, LostPage>();
  for (const event of events) {
    const realPage = event.fields.find(({ name }) => name === "realPage")?.value;
    if (event.vm === null || realPage == null) continue;
    const key = `${event.vm}:${realPage}`;
    const known = pages.get(key);
    if (known === undefined || known.timeNs === event.timeNs) pages.set(key, { ...event, vm: event.vm, realPage: Number(realPage) });
  }
  return [...pages.values()].slice(0, SHOWN);
}
