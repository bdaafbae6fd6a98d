import { fieldValue, fieldWords, pageNamed, type ShownField } from "./event-words.ts";
import { whyHref } from "./run-hrefs.ts";
import { type Selection, selectionText } from "./selection.ts";

type EventFieldsProps = {
  readonly run: string;
  readonly event: {
    readonly position: string;
    readonly vm: number | null;
    readonly process: number | null;
    readonly fields: readonly ShownField[];
  };
  /** The page whose story this is: it is left out. */
  readonly here?: Selection | undefined;
};

/** What an event carries, in one line that wraps; pages lead to their stories. */
export function EventFields({ run, event, here }: EventFieldsProps) {
  const hereText = here === undefined ? undefined : selectionText(here);
  const shown = event.fields
    .map((field) => ({ field, page: pageNamed(field, event) }))
    .filter(({ page }) => page === undefined || selectionText(page) !== hereText);
  if (shown.length === 0) return null;
  return (
    <span class="event-fields">
      {shown.map(({ field, page }) => (
        <span key={field.name}>
          <span class="faint">{fieldWords(field)}</span>{" "}
          {page === undefined ? fieldValue(field) : <a href={whyHref(run, page, { at: event.position })}>{fieldValue(field)}</a>}
        </span>
      ))}
    </span>
  );
}
