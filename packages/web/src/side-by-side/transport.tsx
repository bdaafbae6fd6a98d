import { useEffect, useState } from "preact/hooks";
import { parameter, setParameters } from "../address/address.ts";
import { SelectField } from "../design/field.tsx";
import { timestamp } from "../format/numbers.ts";
import type { RunHead } from "../run/run-head.ts";
import { letterOf, type Place, showTime } from "./place.ts";

/** Seconds in which the whole timeline is played. */
const LENGTHS = ["10", "30", "120"] as const;
/** A longer pause between two pictures, such as of a hidden tab, does not count. */
const MAX_FRAME_MS = 100;

const length = parameter("seconds");

type TransportProps = {
  readonly place: Place;
  readonly endNs: number;
  readonly runs: readonly RunHead[];
};

/** One timeline for all: dragged, played, or moved by keys. */
export function Transport({ place, endNs, runs }: TransportProps) {
  const [isPlaying, setPlaying] = useState(false);
  const timeNs = Math.min(place.timeNs, endNs);
  const seconds = LENGTHS.find((each) => each === length.value) ?? "30";
  usePlaying({ isPlaying, timeNs, endNs, nsPerMs: endNs / (Number(seconds) * 1_000), stop: () => setPlaying(false) });
  return (
    <div class="side-transport panel">
      <button class="button button-primary" type="button" onClick={() => setPlaying(!isPlaying)}>
        {isPlaying ? "Pause" : "Play"}
      </button>
      <label class="field side-timeline">
        <span>
          Simulated time {timestamp(Math.round(timeNs))} of {timestamp(endNs)}
        </span>
        <input
          type="range"
          min="0"
          max={endNs}
          step="any"
          value={timeNs}
          aria-valuetext={timestamp(Math.round(timeNs))}
          onInput={(event) => {
            setPlaying(false);
            showTime(Number(event.currentTarget.value));
          }}
        />
        <Ends runs={runs} endNs={endNs} />
      </label>
      <SelectField
        label="Speed"
        value={seconds}
        options={LENGTHS.map((value) => ({ value, label: `all in ${value} s` }))}
        onChange={(value) => setParameters({ seconds: value })}
      />
    </div>
  );
}

/** Where each run ends, by its letter. */
function Ends({ runs, endNs }: { readonly runs: readonly RunHead[]; readonly endNs: number }) {
  return (
    <svg class="side-ends" width="100%" height="14" aria-hidden="true">
      {runs.map(({ id, headTimeNs }, index) => (
        <text key={id} x={`${(Number(headTimeNs) / Math.max(1, endNs)) * 100}%`} y="11" text-anchor="end">
          {letterOf(index)}
        </text>
      ))}
    </svg>
  );
}

type Playing = {
  readonly isPlaying: boolean;
  readonly timeNs: number;
  readonly endNs: number;
  readonly nsPerMs: number;
  readonly stop: () => void;
};

/** From the time that is shown on; from the beginning, where there is nothing left to play. */
function usePlaying({ isPlaying, timeNs, endNs, nsPerMs, stop }: Playing): void {
  useEffect(() => {
    if (!isPlaying) return undefined;
    let at = timeNs < endNs ? timeNs : 0;
    let before = performance.now();
    const step = (now: number): void => {
      at = Math.min(endNs, at + Math.min(MAX_FRAME_MS, now - before) * nsPerMs);
      before = now;
      showTime(at);
      if (at >= endNs) stop();
      else request = requestAnimationFrame(step);
    };
    let request = requestAnimationFrame(step);
    return () => cancelAnimationFrame(request);
    // While it plays, the time that is shown follows from here.
  }, [isPlaying, endNs, nsPerMs]);
}
