import { parameter, setParameters } from "../../address/address.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { count, enumWords } from "../../format/numbers.ts";
import { isFinal } from "../../run/run-head.ts";
import type { MapModel } from "../map-model.ts";
import { EventKinds } from "../moment/moment.generated.ts";
import { setSpan } from "../timeline/timeline.tsx";
import type { Action } from "./shortcuts.ts";
import { chosenSpeed, SPEEDS } from "./speeds.ts";
import type { EventType } from "./step-to.ts";

const kind = parameter("kind");
const from = parameter("from");
const DEFAULT_KIND: EventType = "POLICY_DECIDED";

/** The kind of events that `[` and `]` lead to. */
export function chosenKind(): EventType {
  return (kind.value as EventType | undefined) ?? DEFAULT_KIND;
}

type TransportProps = { readonly model: MapModel; readonly onAction: (action: Action) => void };

/** Buttons for what keys do too. */
export function Transport({ model, onAction }: TransportProps) {
  const button = (action: Action, label: string, sign: string) => (
    <button class="map-step" type="button" aria-label={label} title={label} onClick={() => onAction(action)}>
      {sign}
    </button>
  );
  const isPlaying = model.isPlaying.value;
  return (
    <div class="map-transport" role="group" aria-label="Moving through the run">
      <span class="map-steps">
        {button("begin", "Before the first event", "⇤")}
        {button("previousBatch", "Back over the last access or tick", "«")}
        {button("previousEvent", "Previous event", "‹")}
        <button class="map-step map-play" type="button" aria-pressed={isPlaying} onClick={() => onAction("play")}>
          {isPlaying ? "Pause" : "Play"}
        </button>
        {button("nextEvent", "Next event", "›")}
        {button("nextBatch", "On over the next access or tick", "»")}
        {button("end", "The newest event", "⇥")}
      </span>
      <Select label="Speed" value={chosenSpeed().value} options={SPEEDS} onChange={(value) => setParameters({ speed: value })} />
      <span class="map-steps">
        {button("previousOfKind", "Previous event of this kind", "[")}
        <KindSelect model={model} />
        {button("nextOfKind", "Next event of this kind", "]")}
      </span>
      <button class="button map-small-button" type="button" onClick={() => onAction("goTo")}>
        Go to…
      </button>
      {from.value === undefined ? null : (
        <button
          class="button map-small-button"
          type="button"
          onClick={() => setSpan({ fromNs: 0, toNs: model.headTimeNs.peek() }, model.headTimeNs.peek())}
        >
          Whole run
        </button>
      )}
      {isFinal(model.run.value) ? null : (
        <button class="button map-small-button" type="button" aria-pressed={model.isFollowing.value} onClick={() => onAction("end")}>
          {model.isFollowing.value ? "Following the newest event" : "Follow the newest event"}
        </button>
      )}
      <button
        class="button map-small-button map-help-button"
        type="button"
        aria-label="Keys of this screen"
        onClick={() => onAction("help")}
      >
        ?
      </button>
    </div>
  );
}

function KindSelect({ model }: { readonly model: MapModel }) {
  const isDone = isFinal(model.run.value);
  const { data, askAgain } = useAnswer(EventKinds, { run: model.run.value.id }, { isImmutable: isDone });
  const counted = data?.run?.summary?.events ?? [];
  const chosen = chosenKind();
  const kinds = counted.some(({ type }) => type === chosen) ? counted : [{ type: chosen, count: "0" }, ...counted];
  const options = kinds
    .map(({ type, count: number }) => ({ value: type, label: `${enumWords(type)} (${count(number)})` }))
    .toSorted((a, b) => a.label.localeCompare(b.label, "en"));
  return (
    <Select
      label="Kind of event"
      value={chosen}
      options={options}
      onChange={(value) => setParameters({ kind: value })}
      // A run that goes on may have new kinds by now.
      onFocus={isDone ? undefined : askAgain}
    />
  );
}

type SelectProps = {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
  readonly onFocus?: (() => void) | undefined;
};

function Select({ label, value, options, onChange, onFocus }: SelectProps) {
  return (
    <select class="map-select" aria-label={label} value={value} onFocus={onFocus} onChange={(event) => onChange(event.currentTarget.value)}>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
