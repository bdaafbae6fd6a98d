import { UnknownNumber } from "./unknown-number.ts";

/**
 * What belongs to each number of a set, by number. The compiler refuses a table that leaves a name out; for a number that
 * the set does not have there is nothing.
 */
export function byNumber<const Name extends string, const Value>(
  choices: Readonly<Record<Name, number>>,
  values: Readonly<Record<Name, Value>>,
): readonly (Value | undefined)[] {
  const table: (Value | undefined)[] = [];
  for (const name of Object.keys(choices) as Name[]) table[choices[name]] = values[name];
  return table;
}

/**
 * What a table has for a number.
 * @throws UnknownNumber if it has nothing: a number is never taken for another one.
 */
export function valueOf<Value>(table: readonly (Value | undefined)[], number: number, what: string): Value {
  const value = table[number];
  if (value === undefined) throw new UnknownNumber(number, what);
  return value;
}

/** The name of a number of a set. @throws UnknownNumber. */
export function nameOf(names: Readonly<Record<number, string>>, number: number, what: string): string {
  const name = names[number];
  if (name === undefined) throw new UnknownNumber(number, what);
  return name;
}
