import { assert } from "@ballast/core/assert";
import { CATALOGUE, type EventField, type EventType, FIELD_COLUMNS } from "@ballast/core/events";
import type { ColumnKind, ExportColumn } from "./table.ts";

/** What every event has, before the fields of its type. */
const EVERY: readonly ExportColumn[] = [
  { name: "position", kind: "integer", isRequired: true },
  { name: "timeNs", kind: "integer", isRequired: true },
  { name: "type", kind: "name", isRequired: true },
  { name: "family", kind: "name", isRequired: true },
  { name: "vm", kind: "integer" },
  { name: "process", kind: "integer" },
  { name: "decision", kind: "integer" },
];

/**
 * The columns of events of some types: those of every event, then every field that one of the types declares, each once, by the catalogue's
 * order. They depend on the types alone, so that files of several runs fit each other.
 */
export function eventColumns(types?: readonly number[]): readonly ExportColumn[] {
  const columns = new Map(EVERY.map((column) => [column.name, column]));
  for (const { name, kind } of CATALOGUE.filter(({ code }) => types?.includes(code) ?? true).flatMap(columnsOfType)) {
    const known = columns.get(name);
    const common = known === undefined ? kind : widest(known.kind, kind);
    assert(common !== undefined, () => `the field ${name} is a text of some events, and a number of others`);
    columns.set(name, { ...known, name, kind: common });
  }
  return [...columns.values()];
}

function columnsOfType({ fields }: EventType): ExportColumn[] {
  return FIELD_COLUMNS.flatMap((column) => {
    const field = fields[column];
    if (field === undefined) return [];
    const own = { name: field.name, kind: kindOf(field) };
    return field.kind === "virtualPage" ? [own, { name: nameColumnOf(field), kind: "name" as const }] : [own];
  });
}

/** Where the name stands that a scenario gives to the page, as in `--json`. */
export function nameColumnOf({ name }: EventField): string {
  return `${name}Name`;
}

function kindOf({ kind }: EventField): ColumnKind {
  if (kind === "choice") return "name";
  if (kind === "text") return "text";
  return kind === "figure" ? "number" : "integer";
}

const WIDER: readonly (readonly ColumnKind[])[] = [
  ["integer", "number"],
  ["name", "text"],
];

/** The kind that holds values of both. */
function widest(one: ColumnKind, other: ColumnKind): ColumnKind | undefined {
  const kinds = WIDER.find((each) => each.includes(one) && each.includes(other));
  return kinds?.[Math.max(kinds.indexOf(one), kinds.indexOf(other))];
}
