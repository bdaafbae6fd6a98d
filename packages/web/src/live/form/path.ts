import { isRecord, type Json } from "./json-schema.ts";

/** Names and indices that lead from the whole to a value inside it. */
export type Path = readonly (string | number)[];

/** As problems of the API name places: a JSON pointer. */
export function pointerOf(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** The value with a part replaced; undefined leaves the part out. What the path leads through is made where it is missing. */
export function replaceAt(value: Json | undefined, path: Path, part: Json | undefined): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return part;
  if (typeof step === "number") return replaceItem(Array.isArray(value) ? (value as readonly Json[]) : [], step, rest, part);
  const record = isRecord(value) ? value : {};
  const inner = replaceAt(record[step], rest, part);
  if (inner !== undefined) return { ...record, [step]: inner };
  const { [step]: _, ...others } = record;
  return others;
}

function replaceItem(items: readonly Json[], index: number, rest: Path, part: Json | undefined): Json {
  const inner = replaceAt(items[index], rest, part);
  return inner === undefined ? items.toSpliced(index, 1) : items.toSpliced(index, 1, inner);
}
