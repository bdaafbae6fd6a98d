/** What a number in an event means; decides how it is shown. */
export type FieldKind =
  | "virtualPage"
  | "realPage"
  | "physicalPage"
  | "endPage"
  | "pages"
  | "count"
  | "ns"
  | "slot"
  | "content"
  | "text"
  | "figure"
  | "choice";

export type EventField = {
  readonly name: string;
  readonly kind: FieldKind;
  /** Meaning and unit, one clause. */
  readonly says: string;
  /** For a page: it and those after it that the event concerns, if more than one. */
  readonly span?: number;
  /** The number that stands for none; every reader shows it so. */
  readonly none?: number;
  /** How many of the number's units make one of the field's: 1,000,000 for millionths. */
  readonly perUnit?: number;
  /** For `choice`: the number's names. */
  readonly choices?: Readonly<Record<number, string>>;
};

export type EventFamily =
  | "run"
  | "life"
  | "trap"
  | "mapping"
  | "guest-paging"
  | "host-mapping"
  | "host-swap"
  | "steal"
  | "balloon"
  | "policy"
  | "sample"
  | "sharing"
  | "large-pages"
  | "compression"
  | "device";

/** The integer columns of an event that carry its own meaning; `a`, `b`, `c` hold 32 bits signed, `d` 53 bits. */
export type FieldColumn = "a" | "b" | "c" | "d";

export type EventType = {
  readonly code: number;
  /** Past tense, PascalCase. */
  readonly name: string;
  readonly family: EventFamily;
  readonly says: string;
  /** Whether the columns `vm` and `process` are used. */
  readonly subject: "host" | "vm" | "process";
  readonly fields: Readonly<Partial<Record<FieldColumn, EventField>>>;
};

export function field(name: string, kind: FieldKind, says: string): EventField {
  return { name, kind, says };
}

/** A field that may have none, and says so by this number. */
export function optional(declared: EventField, none: number): EventField {
  return { ...declared, none, says: `${declared.says}; ${none}: none` };
}

/** A figure that is recorded in millionths, and shown in its unit. */
export function inMillionths(name: string, says: string): EventField {
  return { name, kind: "figure", says: `${says}, in millionths`, perUnit: 1_000_000 };
}

export function choice(name: string, says: string, choices: Readonly<Record<number, string>>): EventField {
  return { name, kind: "choice", says, choices };
}
