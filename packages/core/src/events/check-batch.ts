import { CATALOGUE, eventType } from "./catalogue.ts";
import type { EventBatch } from "./event-batch.ts";
import type { EventType, FieldColumn } from "./event-type.ts";
import { UnknownNumber } from "./unknown-number.ts";

/** A column that holds one number of a set: 1 for each number that the set has. */
type ChoiceColumn = { readonly column: FieldColumn; readonly known: Uint8Array };

const RULES: readonly (readonly ChoiceColumn[] | undefined)[] = rules();

/**
 * Checks that a batch that was read from somewhere has only event types and choices that this version knows. `of`: whose
 * events they are, such as " of run 7".
 * @throws UnknownNumber with the position.
 */
export function checkBatch(batch: EventBatch, of = ""): void {
  const { types, length } = batch;
  for (let i = 0; i < length; i++) {
    if (NEEDS_NO_CHECK[types[i]] === 1) continue;
    const rule = RULES[types[i]];
    if (rule === undefined) throw new UnknownNumber(batch.types[i], `the type of the event at position ${batch.firstPosition + i}${of}`);
    for (let at = 0; at < rule.length; at++) {
      const { column, known } = rule[at];
      if (known[batch[column][i]] !== 1) refuse(batch, i, column, of);
    }
  }
}

/** By event code: 1 for a type without choices, as most events have. */
const NEEDS_NO_CHECK = Uint8Array.from({ length: 256 }, (_, code) => (RULES[code]?.length === 0 ? 1 : 0));

function refuse(batch: EventBatch, index: number, column: FieldColumn, of: string): never {
  const { name, fields } = eventType(batch.types[index]);
  const where = `the event ${name} at position ${batch.firstPosition + index}${of}`;
  throw new UnknownNumber(batch[column][index], `\`${fields[column]?.name}\` of ${where}`);
}

function rules(): (readonly ChoiceColumn[])[] {
  const found: (readonly ChoiceColumn[])[] = [];
  for (const type of CATALOGUE) found[type.code] = choiceColumns(type);
  return found;
}

function choiceColumns({ fields }: EventType): ChoiceColumn[] {
  return (Object.keys(fields) as FieldColumn[]).flatMap((column) => {
    const choices = fields[column]?.choices;
    return choices === undefined ? [] : [{ column, known: knownNumbers(Object.keys(choices).map(Number)) }];
  });
}

function knownNumbers(numbers: readonly number[]): Uint8Array {
  const known = new Uint8Array(Math.max(...numbers) + 1);
  for (const number of numbers) known[number] = 1;
  return known;
}
