import { count, decimal, duration } from "../format/numbers.ts";
import type { Selection } from "./selection.ts";

/** A number that an event carries, as screens ask for it. */
export type ShownField = {
  readonly name: string;
  readonly kind: string;
  readonly value: string | null;
  readonly shown: string;
  readonly virtualPageName?: string | null;
};

/** `PAGE_STOLEN` as `Page stolen`. */
export function eventTitle(type: string): string {
  const words = type.toLowerCase().replaceAll("_", " ").replace(/^vm /, "VM ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `costNs` as `cost`, `physicalPage` as `frame`: the unit is shown with the value. */
export function fieldWords({ name, kind }: Pick<ShownField, "name" | "kind">): string {
  const bare = kind === "NS" ? name.replace(/Ns$/, "") : name.replace(/Us$/, "");
  return camelWords(bare).replace("physical page", "frame");
}

/** What an event carries, in one line: `cause missing real map entry, real page 0, cost 500 ns`; numbers that stand for none are left out. */
export function fieldsLine(fields: readonly ShownField[]): string {
  const given = fields.filter(({ value }) => value !== null);
  return given.map((field) => `${fieldWords(field)} ${fieldValue(field)}`).join(", ");
}

/** A field's value with its unit. */
export function fieldValue({ name, kind, value, shown, virtualPageName }: ShownField): string {
  if (value === null) return shown;
  if (kind === "NS") return duration(value);
  if (name.endsWith("Us")) return duration(BigInt(value) * 1_000n);
  if (kind === "COUNT" || kind === "PAGES") return count(value);
  return virtualPageName == null ? shown : `${shown} (${virtualPageName})`;
}

/** `idleFraction`, 0.92: `idle fraction 0.920`. Figures have their unit last. */
export function figureWords({ figure, value }: { readonly figure: string; readonly value: number }): string {
  const shown = Number.isSafeInteger(value) ? count(value) : decimal(value);
  return figure.endsWith("Ns") ? `${camelWords(figure.slice(0, -2))} ${duration(Math.round(value))}` : `${camelWords(figure)} ${shown}`;
}

/** `idleFraction` as `idle fraction`. */
export function camelWords(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase();
}

/** The page that a field names, in an event of this VM and process; undefined: it names none. */
export function pageNamed(
  field: ShownField,
  event: { readonly vm: number | null; readonly process: number | null },
): Selection | undefined {
  if (field.value === null) return undefined;
  const page = Number(field.value);
  const { vm, process } = event;
  switch (field.kind) {
    case "PHYSICAL_PAGE":
      return { kind: "frame", physicalPage: page };
    case "REAL_PAGE":
      return vm === null ? undefined : { kind: "real", vm, realPage: page };
    case "VIRTUAL_PAGE":
      return vm === null || process === null ? undefined : { kind: "virtual", vm, process, virtualPage: page };
    default:
      return undefined;
  }
}

/** The number of an event's field of this name; undefined: it has none, or it stands for none. */
export function fieldNumber(event: { readonly fields: readonly ShownField[] }, name: string): number | undefined {
  const value = event.fields.find((field) => field.name === name)?.value;
  return value == null ? undefined : Number(value);
}

/** What an event's field shows, such as the name of a choice. */
export function fieldShown(event: { readonly fields: readonly ShownField[] }, name: string): string | undefined {
  return event.fields.find((field) => field.name === name)?.shown;
}
