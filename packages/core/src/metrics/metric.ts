import type { ChoiceSet, EventType, FieldName, FieldNamed } from "../events/index.ts";
import { counts, type Effect, sets, type When } from "./effect.ts";

/** What a value is a number of; decides how it is shown. */
export const UNITS = {
  count: "A number of events or things.",
  pages: "Pages of 4 KiB.",
  bytes: "Bytes.",
  pageSeconds: "Pages of 4 KiB times seconds of simulated time.",
  ns: "Simulated time in nanoseconds.",
  ratio: "A number without a unit.",
  perSecond: "A number per second of simulated time.",
  vms: "A number of VMs.",
  state: "The number of a memory state: 0 high, 4 clear, 1 soft, 2 hard, 3 low.",
} as const;
export type Unit = keyof typeof UNITS;

/** Which values are good; null for what is a means and no end. */
export type Better = "lower" | "higher" | null;

/** How a comparison of policies shows a metric. */
export type ComparisonColumn = {
  readonly title: string;
  /** Columns stand by ascending rank, from ends to means. */
  readonly rank: number;
  /** Only runs with equally many accesses are compared: a count of less work is lower by itself. */
  readonly isOfEqualWork?: true;
  /** A clause of the legend, after the title; left out where the title says it all. */
  readonly legend?: string;
};

/** That a metric is one of the results of a run, which are stored at its end and compared between policies. */
export type Result = {
  /** Every version stored it: it is never null because the version that stored the results did not know it. */
  readonly isInAllVersions?: true;
  readonly column?: ComparisonColumn;
};

export type Declared = {
  /** One sentence. For a time: what passes in it. */
  readonly description: string;
  readonly unit: Unit;
  readonly better?: Exclude<Better, null>;
};

type EventMetric = Declared & {
  /** In the order in which they are carried out, where an event has several. */
  readonly effects: readonly Effect[];
  /** Why a history may not tell the value, which is null then; left out if every history does. */
  readonly notRecorded?: string;
  readonly result?: Result;
};

/** A metric that events change. */
export type Metric = EventMetric & {
  /** A counter never falls; a gauge says how it is now. */
  readonly kind: "counter" | "gauge";
  readonly scope: "vm" | "host";
};

/** What of a VM only grows. Over VMs it adds up. */
export function counter<const Given extends EventMetric>(given: Given): Given & { readonly kind: "counter"; readonly scope: "vm" } {
  return { ...given, kind: "counter", scope: "vm" };
}

/** How a VM is now. Over VMs it adds up. */
export function gauge<const Given extends EventMetric>(given: Given): Given & { readonly kind: "gauge"; readonly scope: "vm" } {
  return { ...given, kind: "gauge", scope: "vm" };
}

export function hostCounter<const Given extends EventMetric>(given: Given): Given & { readonly kind: "counter"; readonly scope: "host" } {
  return { ...given, kind: "counter", scope: "host" };
}

export function hostGauge<const Given extends EventMetric>(given: Given): Given & { readonly kind: "gauge"; readonly scope: "host" } {
  return { ...given, kind: "gauge", scope: "host" };
}

type Alternatives<Type extends EventType, Name extends FieldName<Type>> =
  FieldNamed<Type, Name> extends { readonly set: infer Set extends ChoiceSet } ? keyof Set : never;

type WithoutEffects = Omit<EventMetric, "effects">;

type CounterOf<Given> = Given & { readonly effects: readonly Effect[]; readonly kind: "counter"; readonly scope: "vm" };

/** What has all that any of a union has. */
export type Intersection<Union> = (Union extends unknown ? (part: Union) => void : never) extends (part: infer All) => void ? All : never;

type AllCounters<Table> = Intersection<
  {
    [Choice in keyof Table]: Table[Choice] extends null
      ? never
      : { readonly [Name in keyof Table[Choice]]: CounterOf<Table[Choice][Name]> };
  }[keyof Table]
>;

type CounterTable<Type extends EventType, Name extends FieldName<Type>> = {
  readonly [Choice in Alternatives<Type, Name>]: Readonly<Record<string, WithoutEffects>> | null;
};

/** A counter for each alternative of a choice of an event; null: other events count it. An alternative left out does not compile. */
export function countsByChoice<Type extends EventType, Name extends FieldName<Type>, const Table extends CounterTable<Type, Name>>(
  event: Type,
  field: Name,
  table: Table,
): AllCounters<Table> {
  return byChoice(table, (choice) => counts(event, { where: { [field]: choice } } as When<Type>));
}

/** Like `countsByChoice`, of an event that has the whole sum as the field `total`. */
export function totalsByChoice<Type extends EventType, Name extends FieldName<Type>, const Table extends CounterTable<Type, Name>>(
  event: Type,
  { choice: field, total, where = {} }: { readonly choice: Name; readonly total: FieldName<Type> } & Pick<When<Type>, "where">,
  table: Table,
): AllCounters<Table> {
  return byChoice(table, (choice) => sets(event, total, { where: { ...where, [field]: choice } }));
}

function byChoice<Table extends Readonly<Record<string, Readonly<Record<string, WithoutEffects>> | null>>>(
  table: Table,
  effectOf: (choice: string) => Effect,
): AllCounters<Table> {
  const counters: Record<string, CounterOf<WithoutEffects>> = {};
  for (const [choice, named] of Object.entries(table)) {
    for (const [name, given] of Object.entries(named ?? {})) counters[name] = counter({ ...given, effects: [effectOf(choice)] });
  }
  return counters as AllCounters<Table>;
}
