import type { StoryEvent } from "./story-source.ts";

/** A line of the story: an event, or a run of events that differ in nothing but their time. */
export type StoryItem = {
  readonly key: string;
  /** In the order of the story; one, or as many as are equal and follow each other. */
  readonly events: readonly [StoryEvent, ...StoryEvent[]];
  /** Simulated time between the line before and this one without an event of this page, in ns. */
  readonly gapNs: number;
};

/** Fewer equal events than this are shown one by one. */
const GROUPED_FROM = 3;

/** Lines of a story, in the order in which its events are given. */
export function groupEvents(events: readonly StoryEvent[]): StoryItem[] {
  return runsOf(events)
    .flatMap((run) => (run.length < GROUPED_FROM ? run.map((event) => [event]) : [run]))
    .map((run, index, all) => itemOf(run, all[index - 1]));
}

function runsOf(events: readonly StoryEvent[]): StoryEvent[][] {
  const runs: StoryEvent[][] = [];
  for (const event of events) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && likeness(last[0]) === likeness(event)) last.push(event);
    else runs.push([event]);
  }
  return runs;
}

function itemOf(run: readonly StoryEvent[], before: readonly StoryEvent[] | undefined): StoryItem {
  const [first, ...rest] = run;
  if (first === undefined) throw new Error("a line of the story has at least one event");
  const end = before?.at(-1);
  const gapNs = end === undefined ? 0 : Math.abs(Number(BigInt(first.timeNs) - BigInt(end.timeNs)));
  return { key: first.position, events: [first, ...rest], gapNs };
}

/** Whatever an event says but its place and time. */
function likeness({ type, vm, process, fields, decided }: StoryEvent): string {
  return JSON.stringify([type, vm, process, decided?.decision, fields.map(({ value, shown }) => value ?? shown)]);
}
