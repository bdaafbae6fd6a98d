import { count } from "../../format/numbers.ts";
import type { MapModel } from "../map-model.ts";
import { describePage } from "./describe-page.ts";

/** The page under the pointer, with what stands before and behind it, in one line; screen readers hear where a grid's cursor is. */
export function PointedPage({ model }: { readonly model: MapModel }) {
  const page = model.pointed.value;
  const shown = model.session.shown.value;
  return (
    <div class="map-pointed">
      <p class="small">
        {page === undefined || shown === undefined ? (
          <span class="faint">Point at a page to see what belongs to it; click it to hold it.</span>
        ) : (
          <>
            {describePage(model, page)} <span class="soft">{linkWords(model)}</span>
          </>
        )}
      </p>
      <p class="visually-hidden" aria-live="polite">
        {model.announcement.value}
      </p>
    </div>
  );
}

function linkWords(model: MapModel): string {
  const { frame, realPages, virtualPage, description } = model.pointedLinks.value;
  const isFrame = model.pointed.value?.kind === "frame";
  const parts: string[] = [];
  if (isFrame && realPages.length === 1) parts.push(`real page ${count(realPages[0]!.realPage)}`);
  if (isFrame && realPages.length > 1) parts.push(`${count(realPages.length)} real pages`);
  if (!isFrame && frame !== undefined) parts.push(`frame ${count(frame)}`);
  if (virtualPage !== undefined) {
    const name = virtualPage.name === null ? "" : ` (${virtualPage.name})`;
    parts.push(`virtual page ${count(virtualPage.virtualPage)}${name} of process ${virtualPage.process}`);
  } else if (!isFrame && frame === undefined && description !== undefined) parts.push(description);
  return parts.length === 0 ? "" : `\u21c4 ${parts.join(" \u21c4 ")}`;
}
