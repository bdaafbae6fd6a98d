import { CATALOGUE, EventBatch, FIELD_COLUMNS, type FieldColumn } from "@ballast/core/events";
import * as fc from "fast-check";

const int32 = fc.oneof(fc.integer({ min: -1, max: 300 }), fc.integer());
const int53 = fc.oneof(fc.integer({ min: -1, max: 300 }), fc.maxSafeInteger());

const someEvent = fc.record({
  type: fc.constantFrom(...CATALOGUE),
  spanNs: fc.oneof(fc.nat(3), fc.nat(2_000_000_000)),
  vm: fc.oneof(fc.nat(4), fc.nat()),
  process: fc.nat(3),
  decision: fc.oneof(fc.constant(0), fc.nat()),
  a: int32,
  b: int32,
  c: int32,
  d: int53,
  /** Whether a text it mentions is a new one. */
  isNewText: fc.boolean(),
  text: fc.string({ unit: "grapheme", maxLength: 12 }),
});

/** Any events that the columns can hold, with numbers that their sets have and texts numbered as a run numbers them; not a history of a machine. */
export function randomEvents(maxLength: number): fc.Arbitrary<EventBatch> {
  return fc.array(someEvent, { minLength: 1, maxLength }).map((events) => {
    const batch = new EventBatch(1, events.length);
    let timeNs = 0;
    for (const event of events) {
      timeNs += event.spanNs;
      const values: Record<FieldColumn, number> = { a: event.a, b: event.b, c: event.c, d: event.d };
      for (const column of FIELD_COLUMNS) {
        const { kind, choices } = event.type.fields[column] ?? {};
        if (choices !== undefined) values[column] = numberOf(choices, values[column]);
        if (kind !== "text") continue;
        if (event.isNewText || batch.texts.length === 0) batch.texts.push(event.text);
        values[column] = batch.texts.length;
      }
      batch.append(event.type.code, timeNs, event.vm, event.process, values.a, values.b, values.c, values.d, event.decision);
    }
    return batch;
  });
}

/** One of a set's numbers, whichever the random one leads to. */
function numberOf(choices: Readonly<Record<number, string>>, random: number): number {
  const numbers = Object.keys(choices);
  return Number(numbers[Math.abs(random) % numbers.length]);
}

/** The same events as several batches that begin after the given counts of events. */
export function splitEvents(whole: EventBatch, cuts: readonly number[]): EventBatch[] {
  const ends = [...new Set([...cuts.map((cut) => cut % whole.length), whole.length])].filter((end) => end > 0);
  const parts: EventBatch[] = [];
  let from = 0;
  let texts = 0;
  for (const end of ends.sort((left, right) => left - right)) {
    const part = whole.slice(from, end);
    const mentioned = highestMentioned(part, texts);
    part.firstTextId = texts + 1;
    part.texts = whole.texts.slice(texts, mentioned);
    parts.push(part);
    from = end;
    texts = mentioned;
  }
  return parts;
}

function highestMentioned(batch: EventBatch, known: number): number {
  let max = known;
  const fields = new Map(CATALOGUE.map((type) => [type.code, type.fields]));
  for (let i = 0; i < batch.length; i++) {
    for (const column of FIELD_COLUMNS) {
      if (fields.get(batch.types[i]!)?.[column]?.kind === "text") max = Math.max(max, batch[column][i]!);
    }
  }
  return max;
}

/** Every event of some batches as a row of plain numbers, to compare. */
export function rowsOf(batches: Iterable<EventBatch>): number[][] {
  const rows: number[][] = [];
  for (const batch of batches) {
    for (let i = 0; i < batch.length; i++) {
      const { types, timesNs, vms, processes, a, b, c, d, decisions } = batch;
      rows.push([batch.firstPosition + i, ...[types, timesNs, vms, processes, a, b, c, d, decisions].map((column) => column[i]! + 0)]);
    }
  }
  return rows;
}
