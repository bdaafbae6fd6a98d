import { computed, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { parameter, setParameters } from "../../address/address.ts";
import { Failure } from "../../design/notice.tsx";
import { useLoaded } from "../../design/use-loaded.ts";
import { count, duration, enumWords, timestamp } from "../../format/numbers.ts";
import type { MapModel } from "../map-model.ts";
import { decisionNear } from "./decision-ticks.tsx";
import { Lanes } from "./lanes.tsx";
import { axisTimes } from "./resample.ts";
import { scrubToTime } from "./scrub-to-time.ts";
import { reaching, type Span, timeAtX, within, xOf, zoomed } from "./time-scale.ts";
import { TimelineData } from "./timeline-data.ts";
import { TimelineVms } from "./timeline-vms.ts";

const from = parameter("from");
const to = parameter("to");
/** Of the names at the left. */
export const GUTTER = 92;
const AXIS_PIXELS = 110;
/** The longest time of the axis: with less room at its right it is written at its left. */
const LABEL_PIXELS = 60;
const WHEEL_FACTOR = 1.25;

/** The span in the address, or the whole run. */
function spanIn(headNs: number): Span {
  const [fromNs, toNs] = [Number(from.value), Number(to.value)];
  const isZoomed = from.value !== undefined && to.value !== undefined && toNs > fromNs && fromNs >= 0;
  return isZoomed ? { fromNs, toNs } : { fromNs: 0, toNs: Math.max(1, headNs) };
}

export function setSpan(span: Span, headNs: number): void {
  const isWhole = span.fromNs <= 0 && span.toNs >= headNs;
  setParameters({ from: isWhole ? undefined : String(span.fromNs), to: isWhole ? undefined : String(span.toNs) });
}

/** Curves of the run over simulated time; where the pointer drags there, the run is shown. */
export function Timeline({ model }: { readonly model: MapModel }) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const data = useMemo(() => new TimelineData(), [model]);
  const span = useMemo(() => computed(() => spanIn(model.headTimeNs.value)), [model]);
  const vms = useMemo(() => new TimelineVms(model), [model]);
  useEffect(() => data.follow(model, span, vms.vms), [data]);
  useEffect(() => vms.follow(), [vms]);
  const chooser = useLoaded(
    vms.areChosen,
    () => import("./vm-chooser.tsx"),
    (problem) => (data.error.value = problem),
  );
  useEffect(() => {
    const element = place.current!;
    const observer = new ResizeObserver(() => setWidth(Math.max(1, element.clientWidth - GUTTER)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div class="map-timeline-place">
      {vms.areChosen ? <div class="map-curves">{chooser && <chooser.VmChooser model={model} vms={vms} />}</div> : null}
      <section class="map-timeline" aria-label="Timeline" ref={place}>
        {data.error.value === undefined ? null : <Failure error={data.error.value} />}
        <Lanes model={model} data={data} span={span.value} width={width} />
        <TimeAxis span={span.value} width={width} />
        <Scrubber model={model} data={data} span={span.value} width={width} />
      </section>
    </div>
  );
}

function TimeAxis({ span, width }: { readonly span: Span; readonly width: number }) {
  return (
    <div class="map-axis" aria-hidden="true">
      {axisTimes(span, Math.max(2, width / AXIS_PIXELS)).map((timeNs) => {
        const x = xOf(timeNs, span, width);
        const isLast = x > width - LABEL_PIXELS;
        return (
          <span
            key={timeNs}
            class={isLast ? "map-axis-last" : undefined}
            style={{ transform: isLast ? `translateX(calc(${x}px - 100%))` : `translateX(${x}px)` }}
          >
            {duration(timeNs)}
          </span>
        );
      })}
    </div>
  );
}

type ScrubberProps = { readonly model: MapModel; readonly data: TimelineData; readonly span: Span; readonly width: number };

/** Over all lanes: the line of the moment that is shown, which pointer, wheel and keys move. */
function Scrubber({ model, data, span, width }: ScrubberProps) {
  const place = useRef<HTMLDivElement>(null);
  const hover = useSignal<number | undefined>(undefined);
  const headNs = model.headTimeNs.value;
  useEffect(() => {
    const element = place.current!;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      const moved = ((event.deltaX === 0 ? event.deltaY : event.deltaX) / width) * (span.toNs - span.fromNs);
      if (isSideways) return setSpan(within({ fromNs: span.fromNs + moved, toNs: span.toNs + moved }, headNs), headNs);
      const aboutNs = timeAtX(xUnder(event, element), span, width);
      setSpan(zoomed(span, aboutNs, event.deltaY < 0 ? 1 / WHEEL_FACTOR : WHEEL_FACTOR, headNs), headNs);
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [span, width, headNs]);
  const scrub = (event: PointerEvent): void => {
    const x = Math.max(0, Math.min(width, xUnder(event, place.current!)));
    model.isPlaying.value = false;
    scrubToTime(model, timeAtX(x, span, width));
  };
  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    place.current!.setPointerCapture(event.pointerId);
    const decision = isOnTicks(event, place.current!)
      ? decisionNear(data.decisions.value, xUnder(event, place.current!), span, width)
      : undefined;
    if (decision === undefined) scrub(event);
    else model.scrub(Number(decision.position));
  };
  const onPointerMove = (event: PointerEvent): void => {
    hover.value = xUnder(event, place.current!);
    if (place.current!.hasPointerCapture(event.pointerId)) scrub(event);
  };
  return (
    <div
      ref={place}
      class="map-scrubber"
      style={{ left: `${GUTTER}px` }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerLeave={() => (hover.value = undefined)}
      onDblClick={() => setSpan({ fromNs: 0, toNs: headNs }, headNs)}
    >
      <Cursor model={model} span={span} width={width} />
      <HoverLine x={hover.value} data={data} span={span} width={width} />
    </div>
  );
}

function xUnder(event: MouseEvent, element: HTMLElement): number {
  return event.clientX - element.getBoundingClientRect().left;
}

/** In the lowest lane, that of the decisions. */
const TICKS_PIXELS = 20;

function isOnTicks(event: MouseEvent, element: HTMLElement): boolean {
  return element.getBoundingClientRect().bottom - event.clientY < TICKS_PIXELS;
}

/** Where the moment is: a slider for screen readers. Its keys are those of the whole screen. */
function Cursor({ model, span, width }: Omit<ScrubberProps, "data">) {
  const position = model.position.value;
  const shown = model.session.shown.value;
  const timeNs = shown?.position === position ? shown.timeNs : (model.session.maps.timeNsAt(position) ?? model.times.timeAt(position));
  const reached = useRef(position);
  useEffect(() => {
    // What is zoomed into stays, until the position moves out of it.
    if (reached.current === position) return;
    reached.current = position;
    const next = reaching(span, timeNs, model.headTimeNs.peek());
    if (next !== span) setSpan(next, model.headTimeNs.peek());
  }, [position]);
  const x = xOf(timeNs, span, width);
  return (
    <div
      class="map-cursor"
      role="slider"
      tabIndex={0}
      aria-label="Position in the run"
      aria-valuemin={0}
      aria-valuemax={model.head.value}
      aria-valuenow={position}
      aria-valuetext={`event ${count(position)} of ${count(model.head.value)}, ${timestamp(timeNs)}`}
      hidden={x < 0 || x > width}
      style={{ transform: `translateX(${Math.min(width, Math.max(0, x))}px)` }}
    />
  );
}

function HoverLine({
  x,
  data,
  span,
  width,
}: {
  readonly x: number | undefined;
  readonly data: TimelineData;
  readonly span: Span;
  readonly width: number;
}) {
  if (x === undefined || x < 0 || x > width) return null;
  const decision = decisionNear(data.decisions.value, x, span, width);
  const isRight = x > width / 2;
  return (
    <div class="map-hover-line" style={{ transform: `translateX(${x}px)` }}>
      <span class={isRight ? "map-hover-text map-hover-left" : "map-hover-text"}>
        {duration(timeAtX(x, span, width))}
        {decision === undefined ? null : ` · ${decisionWords(decision)}`}
      </span>
    </div>
  );
}

function decisionWords({
  kind,
  vm,
  requestedPages,
  reason,
}: {
  readonly kind: string;
  readonly vm: number | null;
  readonly requestedPages: string;
  readonly reason: string;
}): string {
  return `${enumWords(kind)}, ${count(requestedPages)} pages${vm === null ? "" : ` of VM ${vm}`}: ${reason}`;
}
