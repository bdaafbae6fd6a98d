import { useMemo } from "preact/hooks";
import { count } from "../../format/numbers.ts";
import type { MapModel } from "../map-model.ts";
import { DecisionTicks } from "./decision-ticks.tsx";
import { Lane, type LaneBands, type LaneLevel, type LaneLine } from "./lane.tsx";
import { columnRises, columnTimes, columnValues, niceCeiling } from "./resample.ts";
import type { Span } from "./time-scale.ts";
import { lineTokens } from "./vm-choice.ts";
import type { Curves, MemoryMark, TimelineData } from "./timeline-data.ts";

/** Of the API's metric MEMORY_STATE: 0 high, 4 clear, 1 soft, 2 hard, 3 low. */
const STATE_TOKENS: Readonly<Record<number, string>> = { 4: "--band-clear", 1: "--band-soft", 2: "--band-hard", 3: "--band-low" };

/** The colour of text of what is short of memory: each mark has that of the state that begins below it. */
const LEVEL_TOKENS: Readonly<Record<MemoryMark["state"], string | undefined>> = {
  HIGH: undefined,
  CLEAR: "--good",
  SOFT: "--warn",
  HARD: "--bad",
  LOW: "--bad",
};

function levelOf(state: MemoryMark["state"], freePages: number): LaneLevel[] {
  const token = LEVEL_TOKENS[state];
  return token === undefined ? [] : [{ value: freePages, token }];
}

/** In pixels. */
const HEIGHTS = { free: 58, faults: 40, balloons: 40, decisions: 16 };
const LOW_HEIGHTS = { free: 40, faults: 26, balloons: 26, decisions: 14 };
const LOW_WINDOW = 820;
/** Grounds of more curves hide each other. */
const MAX_FILLED = 2;
/** Of a column that adds up faults. */
const RISE_PIXELS = 3;

type LanesProps = { readonly model: MapModel; readonly data: TimelineData; readonly span: Span; readonly width: number };

/** The curves of a span of simulated time, one below the other. */
export function Lanes({ model, data, span, width }: LanesProps) {
  const curves = data.curves.value;
  const headNs = model.headTimeNs.value;
  const lanes = useMemo(() => lanesOf(curves, span, width, headNs), [curves, span, width, headNs]);
  const bands = useMemo(
    (): LaneBands | undefined => curves && { steps: curves.memoryState, tokenOf: (state) => STATE_TOKENS[state] },
    [curves],
  );
  const marks = data.marks.value;
  const levels = useMemo(() => marks.flatMap(({ state, freePages }) => levelOf(state, freePages)), [marks]);
  const { free, faults, balloons } = lanes;
  const heights = innerHeight < LOW_WINDOW ? LOW_HEIGHTS : HEIGHTS;
  return (
    <>
      <LaneRow title="Free frames" max={free.max}>
        <Lane width={width} height={heights.free} span={span} {...free} bands={bands} levels={levels} />
      </LaneRow>
      <LaneRow title="Faults" max={faults.max}>
        <Lane width={width} height={heights.faults} span={span} {...faults} />
      </LaneRow>
      <LaneRow title="Balloons" max={balloons.max}>
        <Lane width={width} height={heights.balloons} span={span} {...balloons} />
      </LaneRow>
      <LaneRow title="Decisions">
        <DecisionTicks decisions={data.decisions.value} span={span} width={width} height={heights.decisions} />
      </LaneRow>
    </>
  );
}

type LaneRowProps = { readonly title: string; readonly max?: number; readonly children: preact.ComponentChildren };

function LaneRow({ title, max, children }: LaneRowProps) {
  return (
    <div class="map-lane">
      <div class="map-lane-name">
        <span>{title}</span>
        {max === undefined ? null : <span class="faint">{count(max)}</span>}
      </div>
      {children}
    </div>
  );
}

type LaneData = { readonly times: Float64Array; readonly max: number; readonly lines: readonly LaneLine[] };

function lanesOf(
  curves: Curves | undefined,
  span: Span,
  width: number,
  headNs: number,
): Readonly<Record<"free" | "faults" | "balloons", LaneData>> {
  const columns = Math.max(2, Math.round(width));
  const wide = Math.max(2, Math.round(width / RISE_PIXELS));
  const vms = curves?.vms ?? [];
  const tokens = lineTokens(vms.map(({ vm }) => vm));
  const tokenOf = (vm: number): string => tokens.get(vm) ?? "--ink";
  const free: LaneLine[] = curves
    ? [{ token: "--ink-soft", values: columnValues(curves.freePages, span, columns, headNs), isFilled: true }]
    : [];
  const faults = vms.map(({ vm, faults: steps }): LaneLine => ({ token: tokenOf(vm), values: columnRises(steps, span, wide, headNs) }));
  const balloons = vms.flatMap(({ vm, balloonSize, balloonTarget }): LaneLine[] => [
    { token: tokenOf(vm), values: columnValues(balloonSize, span, columns, headNs), isFilled: vms.length <= MAX_FILLED },
    { token: tokenOf(vm), values: columnValues(balloonTarget, span, columns, headNs), isDashed: true },
  ]);
  return {
    free: laneOf(free, span, columns),
    faults: laneOf(faults, span, wide),
    balloons: laneOf(balloons, span, columns),
  };
}

function laneOf(lines: readonly LaneLine[], span: Span, columns: number): LaneData {
  let max = 0;
  for (const { values } of lines) for (const value of values) max = Math.max(max, value ?? 0);
  return { times: columnTimes(span, columns), max: niceCeiling(max), lines };
}
