import type { LostPagesQuery } from "./suggestions.generated.ts";

type Events = NonNullable<LostPagesQuery["run"]>["events"]["nodes"];
export type LostPage = Events[number] & { readonly vm: number; readonly realPage: number };

/** As many pages as are suggested. */
const SHOWN = 12;

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
