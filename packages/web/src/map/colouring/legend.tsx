import { tokenValue } from "../../design/token-value.ts";
import { count } from "../../format/numbers.ts";
import type { MapModel } from "../map-model.ts";
import { type ColourMode, countEntries, isLayer, type LegendEntry } from "./colouring.ts";
import { inkOn, parseHex } from "./colour.ts";

/** What colours mean, and how many pages there are of each; pressed entries stay, all others are dimmed. */
export function Legend({ model }: { readonly model: MapModel }) {
  const colouring = model.colouring.value;
  const counts = countsOf(model);
  const { value: only } = model.only;
  return (
    <div class="map-legend" role="group" aria-label="Legend: pressed entries stay, all others are dimmed">
      <ModeSwitch model={model} />
      <LayerNote model={model} />
      {colouring?.entries.map((entry, index) => {
        const frames = counts.frames[index] ?? 0;
        const realPages = counts.realPages[index] ?? 0;
        if (frames + realPages === 0 && !only.has(entry.key)) return null;
        return <Entry key={entry.key} model={model} entry={entry} frames={frames} realPages={realPages} isPressed={only.has(entry.key)} />;
      })}
    </div>
  );
}

const MODES = [
  ["owner", "by owner", "whose a frame is"],
  ["state", "by state", "what a page is used for, and what holds it"],
  ["idle", "by idle age", "the time since a process accessed a page last; the run is executed again for it"],
  ["dirty", "dirty", "which pages were written to since they were loaded or written out; the run is executed again for it"],
  ["age", "by last event", "the time since the last event about a page, of the last 65,536 events"],
] as const satisfies readonly (readonly [ColourMode, string, string])[];

function ModeSwitch({ model }: { readonly model: MapModel }) {
  return (
    <span class="map-segments" role="group" aria-label="Colours">
      {MODES.map(([mode, label, title]) => (
        <button key={mode} type="button" title={title} aria-pressed={model.mode.value === mode} onClick={() => model.setMode(mode)}>
          {label}
        </button>
      ))}
    </span>
  );
}

/** Of which moment the colours are, where they come at rest. */
function LayerNote({ model }: { readonly model: MapModel }) {
  const shown = model.session.shown.value;
  const layer = model.layer.value;
  if (!isLayer(model.mode.value) || shown === undefined) return null;
  const isDue = layer?.position !== shown.position && model.activityError.value === undefined;
  const words = layer === undefined ? "by state so far" : `as of event ${count(layer.position)}`;
  return (
    <span class="soft small map-layer-note" role="status" aria-busy={isDue}>
      {isDue ? `computing … ${words}` : words}
    </span>
  );
}

type EntryProps = {
  readonly model: MapModel;
  readonly entry: LegendEntry;
  readonly frames: number;
  readonly realPages: number;
  readonly isPressed: boolean;
};

function Entry({ model, entry, frames, realPages, isPressed }: EntryProps) {
  const numbers = `${count(frames)} frames of the host, ${count(realPages)} real pages of the VMs`;
  const title = entry.description === undefined ? numbers : `${entry.description}: ${numbers}`;
  return (
    <button class="map-legend-entry" type="button" aria-pressed={isPressed} title={title} onClick={() => model.toggle(entry.key)}>
      <span
        class="map-swatch"
        style={{ background: `color-mix(in srgb, var(${entry.token}) ${100 * (entry.part ?? 1)}%, var(--surface))` }}
        aria-hidden="true"
      >
        <span style={{ color: inkOn(parseHex(tokenValue(entry.token))) }}>{entry.letter}</span>
      </span>
      <span>{entry.label}</span>
      <span class="map-legend-count">{count(frames === 0 ? realPages : frames)}</span>
    </button>
  );
}

type Counts = { readonly frames: Uint32Array; readonly realPages: Uint32Array };

/** By entry of the legend. */
function countsOf(model: MapModel): Counts {
  const { session, colouring } = model;
  const entries = colouring.value;
  const length = entries?.entries.length ?? 0;
  const counts = { frames: new Uint32Array(length), realPages: new Uint32Array(length) };
  if (session.shown.value === undefined || session.map === undefined || entries === undefined) return counts;
  for (const { vm } of session.map.spaces) {
    const pages = model.drawnCounts(vm ?? undefined);
    if (pages === undefined) continue;
    const ofSpace = countEntries(pages, entries.entriesOf({ vm }), length);
    const sum = vm === null ? counts.frames : counts.realPages;
    for (const [index, number] of ofSpace.entries()) sum[index]! += number;
  }
  return counts;
}
