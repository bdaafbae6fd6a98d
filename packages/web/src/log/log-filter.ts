import type { EventFilter, SortDirection } from "./log.generated.ts";

/** What of the events is listed, as the address has it. */
export type LogFilter = {
  readonly types: readonly string[];
  readonly vm: number | undefined;
  readonly process: number | undefined;
  /** `real 33`, `frame 12`, `virtual 7`. */
  readonly names: string | undefined;
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** Seconds of simulated time, as they were typed. */
  readonly fromTime: string | undefined;
  readonly toTime: string | undefined;
  /** Whether the list begins with the newest event. */
  readonly isNewestFirst: boolean;
};

export const FILTER_PARAMETERS = ["types", "vm", "process", "names", "from", "to", "fromTime", "toTime"] as const;
/** All parameters of a list: what it has, and in which order. */
export const LIST_PARAMETERS = [...FILTER_PARAMETERS, "order"] as const;
/** Of the parameter `order`; without it the oldest event comes first. */
export const NEWEST_FIRST = "newest";
type Texts = Readonly<Record<(typeof LIST_PARAMETERS)[number], string | undefined>>;

/** What cannot be read of an address is left out. */
export function parseFilter(texts: Texts): LogFilter {
  return {
    types: (texts.types ?? "").split(",").filter((type) => /^[A-Z_]+$/.test(type)),
    vm: whole(texts.vm),
    process: whole(texts.process),
    names: texts.names,
    from: whole(texts.from),
    to: whole(texts.to),
    fromTime: nsOf(texts.fromTime) === undefined ? undefined : texts.fromTime,
    toTime: nsOf(texts.toTime) === undefined ? undefined : texts.toTime,
    isNewestFirst: texts.order === NEWEST_FIRST,
  };
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** `1.25`, seconds, in ns; undefined: no such number. */
export function nsOf(seconds: string | undefined): string | undefined {
  const [, units, parts = ""] = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(seconds ?? "") ?? [];
  return units === undefined ? undefined : String(BigInt(units) * 1_000_000_000n + BigInt(parts.padEnd(9, "0")));
}

export type NamedPage =
  | { readonly kind: "real"; readonly page: number }
  | { readonly kind: "frame"; readonly page: number }
  | { readonly kind: "virtual"; readonly page: number };

/** The page that `real 33`, `frame 12` or `virtual 7` names. */
export function parseNames(text: string | undefined): NamedPage | undefined {
  const [, kind, number] = /^(real|frame|virtual)\s*(?:page)?\s*(\d{1,9})$/i.exec((text ?? "").trim()) ?? [];
  return kind === undefined ? undefined : { kind: kind.toLowerCase() as NamedPage["kind"], page: Number(number) };
}

/** Why a filter cannot be asked for as it is; undefined: it can. */
export function problemOf({ names, vm, process }: LogFilter): string | undefined {
  if (names === undefined || names.trim() === "") return undefined;
  const named = parseNames(names);
  if (named === undefined) return "Write real 33, frame 12 or virtual 7.";
  if (named.kind !== "frame" && (vm === undefined || vm === 0)) return "Choose the VM of this page.";
  if (named.kind === "virtual" && process === undefined) return "Give the process of this page.";
  return undefined;
}

/** Whether events are left out other than by their position: then they are no unbroken row any more, and are listed by cursor. */
export function hasGaps({ types, vm, process, names, fromTime, toTime }: LogFilter): boolean {
  return (
    types.length > 0 ||
    vm !== undefined ||
    process !== undefined ||
    parseNames(names) !== undefined ||
    [fromTime, toTime].some((time) => time !== undefined)
  );
}

/** As the API takes it. */
export function eventFilter(filter: LogFilter): EventFilter {
  const { types, vm, process, from, to, fromTime, toTime } = filter;
  const named = problemOf(filter) === undefined ? parseNames(filter.names) : undefined;
  return {
    ...(types.length === 0 ? {} : { types: types as NonNullable<EventFilter["types"]> }),
    ...(vm === undefined ? {} : { vm }),
    ...(process === undefined || vm === undefined ? {} : { process }),
    ...(named === undefined ? {} : { [{ real: "realPage", frame: "physicalPage", virtual: "virtualPage" }[named.kind]]: named.page }),
    ...(from === undefined ? {} : { fromPosition: String(from) }),
    ...(to === undefined ? {} : { toPosition: String(to) }),
    ...(fromTime === undefined ? {} : { fromTimeNs: nsOf(fromTime) ?? null }),
    ...(toTime === undefined ? {} : { toTimeNs: nsOf(toTime) ?? null }),
  };
}

/** The positions that a list can have, both included, in a run of which `head` is the last. */
export function boundsOf({ from, to }: LogFilter, head: number): { readonly from: number; readonly to: number } {
  return { from: Math.max(1, from ?? 1), to: Math.min(head, to ?? head) };
}

export function directionOf({ isNewestFirst }: LogFilter): SortDirection {
  return isNewestFirst ? "DESCENDING" : "ASCENDING";
}

/** How the addresses of files have each part of a filter. */
const FILE_PARAMETERS = {
  fromPosition: "from",
  toPosition: "to",
  fromTimeNs: "fromTimeNs",
  toTimeNs: "toTimeNs",
  types: "type",
  families: "family",
  vm: "vm",
  process: "process",
  virtualPage: "virtualPage",
  realPage: "realPage",
  physicalPage: "physicalPage",
} as const satisfies Record<keyof EventFilter, string>;

/** The address of these events as a file, in the order of their positions. `nameOf` gives a type's name as it is stored. */
export function exportPath(run: string, filter: LogFilter, format: "csv" | "ndjson" | "parquet", nameOf: (type: string) => string): string {
  const { types, ...others } = eventFilter(filter);
  const parts = { ...(types == null ? {} : { types: types.map(nameOf) }), ...others };
  const search = new URLSearchParams(
    (Object.keys(FILE_PARAMETERS) as (keyof EventFilter)[]).flatMap((part) => {
      const value = (parts as EventFilter)[part];
      return value == null ? [] : [[FILE_PARAMETERS[part], String(value)]];
    }),
  ).toString();
  return `/runs/${run}/events.${format}${search === "" ? "" : `?${search}`}`;
}
