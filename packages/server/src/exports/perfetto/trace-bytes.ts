import { readEvents } from "../../event-store/index.ts";
import { RunTexts } from "../../history/index.ts";
import { readAllSeries, readSummary } from "../../projections/index.ts";
import type { RunSource } from "../event-table.ts";
import { runFacts } from "../run-facts.ts";
import { CounterMaker } from "./counters.ts";
import { LogSlices } from "./log-slices.ts";
import { type TraceEvent, traceEventJson } from "./trace-event.ts";
import { isWithin, type TraceWindow } from "./trace-window.ts";
import { processNames } from "./tracks.ts";

/** Events of a log that are looked at in one step, and moments that are written in one. */
const STEP_EVENTS = 2_000;
const STEP_MOMENTS = 200;

/**
 * A run as a trace in the JSON format of Chrome, which ui.perfetto.dev opens: counters from the kept moments of the series; memory states,
 * decisions, what they did and waits as slices; a flow from each decision to what it did. Made in order, so that it takes no more memory for
 * a longer run; a viewer sorts by time.
 */
export async function* traceBytes(source: RunSource, window: TraceWindow = {}): AsyncGenerator<Uint8Array, void, void> {
  const { pool, run } = source;
  const head = { displayTimeUnit: "ns", metadata: runFacts(run, "trace"), traceEvents: [] };
  yield Buffer.from(`${JSON.stringify(head).slice(0, -"]}".length)}\n`);
  const summary = await readSummary(pool, run.logId);
  const names = (summary?.vms ?? []).flatMap(({ vm, name }) => processNames(vm, `VM ${vm}: ${name}`));
  const [first, ...rest] = [...processNames(0, "host"), ...names].map(traceEventJson);
  yield Buffer.from([first, ...rest].join(",\n"));
  for await (const events of allOf(source, window))
    if (events.length > 0) yield Buffer.from(events.map((event) => `,\n${traceEventJson(event)}`).join(""));
  yield Buffer.from("\n]}\n");
}

async function* allOf(source: RunSource, window: TraceWindow): AsyncGenerator<readonly TraceEvent[], void, void> {
  yield* counters(source, window);
  yield* slices(source, window);
}

async function* counters({ pool, run, signal }: RunSource, window: TraceWindow): AsyncGenerator<readonly TraceEvent[], void, void> {
  const maker = new CounterMaker();
  let made: TraceEvent[] = [];
  for await (const moment of readAllSeries(pool, run.logId, { signal })) {
    made.push(...maker.counters(moment).filter((event) => isWithin(event, window)));
    if (made.length < STEP_MOMENTS) continue;
    yield made;
    made = [];
  }
  yield made;
}

async function* slices({ pool, run, signal }: RunSource, window: TraceWindow): AsyncGenerator<readonly TraceEvent[], void, void> {
  const [texts, maker, toTimeNs] = [new RunTexts(pool), new LogSlices(window), window.toTimeNs ?? Infinity];
  for await (const batch of readEvents(pool, run.logId, { to: run.headPosition })) {
    const known = await texts.first(run.logId, batch.firstTextId + batch.texts.length - 1);
    const text = (id: number): string => known[id - 1] ?? "";
    for (let from = 0; from < batch.length; from += STEP_EVENTS) {
      signal.throwIfAborted();
      const end = Math.min(from + STEP_EVENTS, batch.length);
      for (let index = from; index < end; index++) maker.take(batch, index, text);
      yield maker.made();
    }
    if ((batch.timesNs[batch.length - 1] ?? 0) > toTimeNs) break;
  }
  maker.end(Math.min(run.headTimeNs, toTimeNs));
  yield maker.made();
}
