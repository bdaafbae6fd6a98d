import type { PhysicalPage, ProcessId, RealPage, StringId, VirtualPage, VmId } from "../ids/index.ts";
import type { ChoiceOf, ChoiceSet } from "./choices.ts";

/** What a number of each kind is in the program: what a writer must give, and what a handler gets. */
type KindValue = {
  readonly virtualPage: VirtualPage;
  readonly realPage: RealPage;
  readonly physicalPage: PhysicalPage;
  readonly endPage: number;
  readonly pages: number;
  readonly count: number;
  readonly ns: number;
  readonly slot: number;
  readonly content: number;
  readonly text: StringId;
  readonly figure: number;
  readonly choice: number;
};

/** What a number in an event means; decides how it is shown. */
export type FieldKind = keyof KindValue;

export const FIELD_KINDS: Readonly<Record<FieldKind, string>> = {
  virtualPage: "Number of a page of a process's address space.",
  realPage: "Number of a page of the memory that a VM believes it has.",
  physicalPage: "Number of a page of host memory.",
  endPage: "One past the last page of a range.",
  pages: "A number of pages of 4 KiB.",
  count: "A number of things.",
  ns: "Simulated nanoseconds.",
  slot: "A place in the host's swap.",
  content: "What a page holds: 0 is zeros, anything else names one write.",
  text: "A text; `shown` has it.",
  figure: "A number in the unit that the field's description names.",
  choice: "One of a few alternatives; `shown` names it.",
};

export type EventField = {
  readonly name: string;
  readonly kind: FieldKind;
  /** Meaning and unit, one clause. */
  readonly description: string;
  /** For a page: it and those after it that the event concerns, if more than one. */
  readonly span?: number;
  /** The number that stands for none; every reader shows it so. */
  readonly none?: number;
  /** How many of the number's units make one of the field's: 1,000,000 for millionths. */
  readonly perUnit?: number;
  /** For `choice`: the set that the number is from. */
  readonly set?: ChoiceSet;
  /** For `choice`: the number's names in words. */
  readonly choices?: Readonly<Record<number, string>>;
};

/** The groups of event types, and what belongs to each. */
export const EVENT_FAMILIES = {
  run: "The run itself: its beginning, its end, commands from outside.",
  life: "Host, VMs and processes: switched on, refused, ended.",
  trap: "Control passing from a VM to the hypervisor.",
  mapping: "Entries of guest page tables and the misses that make them.",
  "guest-paging": "A guest operating system and its own disk.",
  "host-mapping": "Entries of real map tables, frames and their zeroing.",
  "host-swap": "The host's swap device.",
  steal: "Pages taken without the guest's help.",
  balloon: "Balloon targets, pinned and unpinned pages.",
  policy: "Memory states, decisions and the figures behind them.",
  sample: "Measures taken at a period.",
  "large-pages": "Large mappings of 512 pages, made and shattered.",
  sharing: "Pages of equal content: images, shared frames, copies at a write.",
  compression: "Pages compressed into memory instead of being swapped out.",
  device: "Disks and swap devices.",
} as const;

export type EventFamily = keyof typeof EVENT_FAMILIES;

/** The integer columns of an event that carry its own meaning; `a`, `b`, `c` hold 32 bits signed, `d` 53 bits. */
export type FieldColumn = "a" | "b" | "c" | "d";

export const FIELD_COLUMNS = ["a", "b", "c", "d"] as const satisfies readonly FieldColumn[];

export type EventFields = Readonly<Partial<Record<FieldColumn, EventField>>>;

/** What each subject gives an event for its columns `vm` and `process`; what is not given is 0. */
type SubjectValues = {
  readonly host: [];
  readonly vm: [vm: VmId];
  readonly vmOrHost: [vm: VmId | 0];
  readonly process: [vm: VmId, process: ProcessId];
  readonly processOrVm: [vm: VmId, process: ProcessId | 0];
};

/** Whom an event concerns: whether its columns `vm` and `process` are used, and may be 0. */
export type EventSubject = keyof SubjectValues;

/** A declared event type: everything that is known of it. Made by the functions of `declare.ts`. */
export type EventType<
  Name extends string = string,
  Code extends number = number,
  Family extends EventFamily = EventFamily,
  Subject extends EventSubject = EventSubject,
  Fields extends EventFields = EventFields,
> = {
  /** From 0 to 255; never used again for something else. */
  readonly code: Code;
  /** Past tense, PascalCase. */
  readonly name: Name;
  readonly family: Family;
  readonly description: string;
  readonly subject: Subject;
  readonly fields: Fields;
};

type FieldValue<Field> = Field extends { readonly set: infer Set extends ChoiceSet }
  ? ChoiceOf<Set>
  : Field extends { readonly kind: infer Kind extends FieldKind; readonly none: infer None extends number }
    ? KindValue[Kind] | None
    : Field extends { readonly kind: infer Kind extends FieldKind }
      ? KindValue[Kind]
      : never;

type ColumnValue<Fields, Column extends FieldColumn> = Column extends keyof Fields ? [FieldValue<Fields[Column]>] : [];

/** What an event of a type carries, in the order in which it is written and handled: its subject, then its columns. */
export type EventValues<Type extends EventType> = Type extends EventType
  ? [
      ...SubjectValues[Type["subject"]],
      ...ColumnValue<Type["fields"], "a">,
      ...ColumnValue<Type["fields"], "b">,
      ...ColumnValue<Type["fields"], "c">,
      ...ColumnValue<Type["fields"], "d">,
    ]
  : never;

/** The names of the fields of an event type. */
export type FieldName<Type extends EventType> = Extract<Type["fields"][keyof Type["fields"]], EventField>["name"];

/** The field of an event type that has a name. */
export type FieldNamed<Type extends EventType, Name extends FieldName<Type>> = Extract<
  Type["fields"][keyof Type["fields"]],
  { readonly name: Name }
>;

/** The column that holds the field of that name; the compiler refuses names that the event type does not have. */
export function columnOf<Type extends EventType>(type: Type, name: FieldName<Type>): FieldColumn {
  const column = FIELD_COLUMNS.find((candidate) => type.fields[candidate]?.name === name);
  if (column === undefined) throw new Error(`the event type ${type.name} has no field ${name}`);
  return column;
}
