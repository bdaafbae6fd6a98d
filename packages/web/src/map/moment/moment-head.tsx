import { useAnswer } from "../../api/use-answer.ts";
import { count, enumWords, percent, timestamp } from "../../format/numbers.ts";
import { eventTitle, fieldsLine } from "../../run/event-words.ts";
import type { RunHead } from "../../run/run-head.ts";
import { vmWords } from "../../run/vm-words.ts";
import type { MapModel } from "../map-model.ts";
import { MapMoment, type MapMomentQuery } from "./moment.generated.ts";
import { useSettledPosition } from "./settled-position.ts";
import { freeFrames } from "./vm-figures.ts";

export type MomentAnswer = NonNullable<MapMomentQuery["run"]>["at"];

/** What the API says about the moment; undefined before the first answer. That of an earlier moment stays while the next is on its way. */
export function useMoment(model: MapModel): MomentAnswer | undefined {
  const position = useSettledPosition(model);
  const variables = position === undefined ? undefined : { run: model.run.value.id, position: String(position) };
  return useAnswer(MapMoment, variables, { isImmutable: true }).data?.run?.at;
}

const STATE_TONES: Readonly<Record<string, string>> = {
  HIGH: "tag-good",
  CLEAR: "tag-good",
  SOFT: "tag-warn",
  HARD: "tag-bad",
  LOW: "tag-bad",
};

/** Where in the run this is, which event led here, and how much memory is free. */
export function MomentHead({ model, moment }: { readonly model: MapModel; readonly moment: MomentAnswer | undefined }) {
  const shown = model.session.shown.value;
  const host = model.spaceOf(undefined);
  const tables = model.session.maps.states;
  const isStale = moment !== undefined && moment.position !== String(shown?.position);
  const counts = model.session.countsOf(undefined);
  const free = host === undefined || counts === undefined || tables === undefined ? undefined : freeFrames(counts, tables);
  return (
    <div class="map-moment">
      <div class="map-moment-place">
        <span>
          <span class="faint">event</span> <strong class="map-position">{count(shown?.position ?? model.position.value)}</strong>{" "}
          <span class="faint">of {count(model.head.value)}</span>
        </span>
        <strong class="map-time">{shown === undefined ? "\u2013" : timestamp(shown.timeNs)}</strong>
      </div>
      <p class={isStale ? "map-event map-stale" : "map-event"} title={moment?.event?.sentence}>
        {moment === undefined ? "\u00a0" : eventLine(model.run.value, moment.event)}
      </p>
      <div class="map-moment-free">
        {free === undefined ? null : (
          <span>
            <strong>{count(free)}</strong> <span class="faint">frames free, {percent(free / Math.max(1, host?.states.length ?? 1))}</span>
          </span>
        )}
        {moment === undefined || host === undefined ? null : (
          <span class={`tag ${STATE_TONES[moment.host.memoryState] ?? ""} ${isStale ? "map-stale" : ""}`} title="The host's memory state">
            {enumWords(moment.host.memoryState)}
          </span>
        )}
      </div>
    </div>
  );
}

/** `VM db, process 1: Page unmapped, virtual page 3, cause balloon`. */
function eventLine(run: RunHead, event: MomentAnswer["event"]): string {
  if (event === null) return "Before the first event: there is nothing yet.";
  const who = event.vm === null ? "Host" : vmWords(run, event.vm);
  const process = event.process === null ? "" : `, process ${event.process}`;
  const carried = fieldsLine(event.fields);
  return `${who}${process}: ${eventTitle(event.type)}${carried === "" ? "" : `, ${carried}`}`;
}
