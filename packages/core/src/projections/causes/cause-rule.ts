import { CATALOGUE, type EventBatch, EventCode, type EventName, FIELD_COLUMNS, type FieldColumn } from "../../events/index.ts";

/** An event at its place in a batch. */
export type EventAt = { readonly batch: EventBatch; readonly index: number };

/** The run's text of an id, for events whose meaning is in a text. */
export type TextOf = (id: number) => string;

/**
 * How far before its effect a cause can be: in the same operation of the simulation, whose events all have the same time; anywhere;
 * or at most so many positions.
 */
export type Reach = "operation" | "run" | number;

/** Events of some types, of which the nearest one before the effect that matches is its cause. */
export type Link = {
  readonly types: readonly number[];
  /** One sentence: how the cause led to the effect. */
  readonly relation: string;
  readonly reach: Reach;
  /** Whether it is the decision with the effect's number, which readers of the log know without a search. */
  readonly isDecision: boolean;
  readonly matches: (effect: EventAt, cause: EventAt, text: TextOf) => boolean;
};

/** What can have caused an event: the nearest event that one of the links matches. */
export type Causes = {
  readonly links: readonly Link[];
  /** Nothing before the first event for which this holds is a cause. */
  readonly until?: (effect: EventAt, at: EventAt) => boolean;
  /** What led to the event where no other event did: an access, a timer, the scenario. Null: there always is one. */
  readonly otherwise: string | null;
};

/** Of an event type: its causes, or how to find out which an event of it has. */
export type CauseRule = Causes | ((effect: EventAt, text: TextOf) => Causes);

/** A field that cause and effect have the same number in, by its name; or one of the columns that all events have. */
export type Key = string;

type LinkOptions = {
  readonly reach?: Reach;
  readonly where?: (effect: EventAt, cause: EventAt, text: TextOf) => boolean;
};

/** A link to events of some types that have the same numbers as their effect in the fields `same`. */
export function from(names: EventName | readonly EventName[], same: readonly Key[], relation: string, options: LinkOptions = {}): Link {
  const { reach = "operation", where } = options;
  const types = (typeof names === "string" ? [names] : names).map((name) => EventCode[name]);
  return {
    types,
    relation,
    reach,
    isDecision: false,
    matches: (effect, cause, text) =>
      same.every((key) => numberOf(effect, key) === numberOf(cause, key)) && (where?.(effect, cause, text) ?? true),
  };
}

/** A link to the decision whose number the effect has. */
export function decided(relation: string, reach: Reach = "run"): Link {
  return { ...from("PolicyDecided", ["decision"], relation, { reach }), isDecision: reach === "run" };
}

export function causes(links: readonly Link[], otherwise: string | null = null): Causes {
  return { links, otherwise };
}

const ALL_EVENTS = { type: "types", timeNs: "timesNs", vm: "vms", process: "processes", decision: "decisions" } as const;
type CommonKey = keyof typeof ALL_EVENTS;

/** For each event code, the column of each of its fields. */
const COLUMNS: readonly (ReadonlyMap<string, FieldColumn> | undefined)[] = columnsByCode();

function columnsByCode(): (ReadonlyMap<string, FieldColumn> | undefined)[] {
  const columns: (ReadonlyMap<string, FieldColumn> | undefined)[] = [];
  for (const { code, fields } of CATALOGUE) {
    columns[code] = new Map(FIELD_COLUMNS.flatMap((column) => (fields[column] === undefined ? [] : [[fields[column].name, column]])));
  }
  return columns;
}

/** What an event has in a field. @throws Error if its type has no such field. */
export function numberOf({ batch, index }: EventAt, key: Key): number {
  if (key in ALL_EVENTS) return batch[ALL_EVENTS[key as CommonKey]][index];
  const column = COLUMNS[batch.types[index]]?.get(key);
  if (column === undefined) throw new Error(`events of type ${batch.types[index]} have no field ${key}`);
  return batch[column][index];
}

export function isA({ batch, index }: EventAt, ...names: readonly EventName[]): boolean {
  return names.some((name) => EventCode[name] === batch.types[index]);
}

/** The event so many positions after another, if it is of a type and in the same batch. */
export function neighbour({ batch, index }: EventAt, distance: number, name: EventName): EventAt | undefined {
  const at = { batch, index: index + distance };
  return at.index >= 0 && at.index < batch.length && isA(at, name) ? at : undefined;
}

/**
 * The first event after another, or before it with `step` -1, of the same operation, that is of one of some types and has the same
 * numbers. The kernel hands out whole operations, so that one batch has it all.
 */
export function nearest(event: EventAt, step: 1 | -1, names: readonly EventName[], same: readonly Key[]): EventAt | undefined {
  const { batch } = event;
  for (let index = event.index + step; index >= 0 && index < batch.length; index += step) {
    if (batch.timesNs[index] !== batch.timesNs[event.index]) return undefined;
    const at = { batch, index };
    if (isA(at, ...names) && same.every((key) => numberOf(event, key) === numberOf(at, key))) return at;
  }
  return undefined;
}
