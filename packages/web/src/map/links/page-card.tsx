import { Facts } from "../../design/facts.tsx";
import { useAnswer } from "../../api/use-answer.ts";
import { count, timestamp } from "../../format/numbers.ts";
import { type Selection, selectionText, selectionWords } from "../../run/selection.ts";
import { translateHref, whyHref } from "../../run/run-hrefs.ts";
import { hrefWith } from "../../address/address.ts";
import type { MapModel } from "../map-model.ts";
import { useSettledPosition } from "../moment/settled-position.ts";
import { PageActivityLine } from "./page-activity.tsx";
import { stateWords } from "./describe-page.ts";
import { LastFrameEvent, LastRealPageEvent } from "./page-card.generated.ts";

/** What the selected page is now, since when, and where more is told about it. */
export function PageCard({ model }: { readonly model: MapModel }) {
  const page = model.selection.value;
  if (page === undefined) return null;
  const shown = model.session.shown.value;
  const { frame, realPages, virtualPage, description } = model.selectedLinks.value;
  const links = { model, isOf: page };
  return (
    <aside class={page.kind === "frame" ? "map-card" : "map-card map-card-left"} aria-label="Selected page">
      <div class="row row-apart">
        <h2>{capital(selectionWords(page, model.nameOf))}</h2>
        <button class="button button-quiet map-close" type="button" aria-label="Deselect" onClick={() => model.select(undefined)}>
          ×
        </button>
      </div>
      <p>{(shown && stateWords(model, page)) ?? description ?? "not there at this moment"}</p>
      <Facts
        facts={[
          [
            "frame",
            frame === undefined || page.kind === "frame" ? undefined : (
              <PageLink {...links} page={{ kind: "frame", physicalPage: frame }} />
            ),
          ],
          ["real page", page.kind === "real" || realPages.length === 0 ? undefined : <RealPages {...links} />],
          ["virtual page", virtualPage === undefined ? undefined : virtualWords(virtualPage)],
        ]}
      />
      <PageActivityLine model={model} page={page} />
      <Since model={model} page={page} />
      <div class="row">
        <a class="button button-primary map-small-button" href={whyHref(model.run.value.id, page, { at: model.position.value })}>
          Why?
        </a>
        {virtualPage === undefined ? null : (
          <a class="button map-small-button" href={translateHref(model.run.value.id, virtualPage, model.position.value)}>
            Translate
          </a>
        )}
      </div>
    </aside>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function virtualWords({
  virtualPage,
  process,
  name,
}: {
  readonly virtualPage: number;
  readonly process: number;
  readonly name: string | null;
}): string {
  return `${count(virtualPage)}${name === null ? "" : ` (${name})`} of process ${process}`;
}

type LinkProps = { readonly model: MapModel; readonly isOf: Selection };

function PageLink({ model, page }: LinkProps & { readonly page: Selection }) {
  return <a href={hrefWith({ page: selectionText(page) })}>{selectionWords(page, model.nameOf).replace(/^frame /, "")}</a>;
}

/** Of a shared frame the first few. */
const MAX_LISTED = 3;

function RealPages({ model, isOf }: LinkProps) {
  const { realPages } = model.selectedLinks.value;
  return (
    <>
      {realPages.slice(0, MAX_LISTED).map(({ vm, realPage }, index) => (
        <span key={`${vm} ${realPage}`}>
          {index === 0 ? "" : ", "}
          <a href={hrefWith({ page: selectionText({ kind: "real", vm, realPage }) })}>
            {count(realPage)} of {model.nameOf(vm)}
          </a>
        </span>
      ))}
      {realPages.length > MAX_LISTED ? ` and ${count(realPages.length - MAX_LISTED)} more` : isOf.kind === "frame" ? "" : ""}
    </>
  );
}

/** The last event about the page up to now. */
function Since({ model, page }: { readonly model: MapModel; readonly page: Selection }) {
  const position = useSettledPosition(model);
  const moment = position === undefined ? undefined : { run: model.run.value.id, position: String(position) };
  const frame = page.kind === "frame" && moment ? { ...moment, frame: page.physicalPage } : undefined;
  const real = page.kind === "real" && moment ? { ...moment, vm: page.vm, page: page.realPage } : undefined;
  const ofFrame = useAnswer(LastFrameEvent, frame, { isImmutable: true });
  const ofRealPage = useAnswer(LastRealPageEvent, real, { isImmutable: true });
  if (page.kind === "virtual") return null;
  const nodes = page.kind === "frame" ? ofFrame.data?.run?.frameHistory.nodes : ofRealPage.data?.run?.pageHistory.nodes;
  const [event] = nodes ?? [];
  return (
    <p class="small soft map-since">
      {nodes === undefined ? "\u00a0" : event === undefined ? "Nothing has happened to it yet." : null}
      {event === undefined ? null : (
        <>
          since <a href={hrefWith({ at: event.position })}>{timestamp(event.timeNs)}</a>: {event.text}
        </>
      )}
    </p>
  );
}
