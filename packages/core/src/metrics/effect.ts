import { type ChoiceSet, columnOf, type EventField, type EventType, type FieldName, type FieldNamed } from "../events/index.ts";

/**
 * Where an effect takes a number from: a column of the event, or what is known of its VM and process. `one` is always 1, so that
 * a constant is a multiple of it; the others are 1 or 0, but for the time since the VM was switched on.
 */
export const Input = { a: 0, b: 1, c: 2, d: 3, one: 4, isFileBacked: 5, isOneLevel: 6, sinceStartNs: 7 } as const;
export const INPUT_COUNT = Object.keys(Input).length;

/** A condition on one input. For a choice: the set that its number must be from. */
export type Test = {
  readonly input: number;
  readonly value: number;
  readonly isEqual: boolean;
  readonly set: ChoiceSet | null;
};

/** What one event type does to a metric: adds `factor` times the input to it or sets it to that, where all tests hold. */
export type Effect = {
  readonly event: EventType;
  readonly sets: boolean;
  readonly input: number;
  readonly factor: number;
  readonly tests: readonly Test[];
};

type Condition<Field> = Field extends { readonly set: infer Set extends ChoiceSet } ? keyof Set : "zero" | "positive";

/** When an event has its effect: the choices or signs of its fields, and what is known of its subject. */
export type When<Type extends EventType> = {
  readonly where?: { readonly [Name in FieldName<Type>]?: Condition<FieldNamed<Type, Name>> };
  /** The event's process has pages of a file; the host maps on one level; the VM was switched on at the event's time. */
  readonly only?: "fileBacked" | "oneLevel" | "atStart";
};

type Amount<Type extends EventType> = number | FieldName<Type>;

/** Adds one. */
export function counts<Type extends EventType>(event: Type, when: When<Type> = {}): Effect {
  return adds(event, 1, when);
}

/** Adds a constant or the value of a field. */
export function adds<Type extends EventType>(event: Type, amount: Amount<Type>, when: When<Type> = {}): Effect {
  return { event, sets: false, ...amountOf(event, amount, 1), tests: testsOf(event, when) };
}

export function subtracts<Type extends EventType>(event: Type, amount: Amount<Type>, when: When<Type> = {}): Effect {
  return { event, sets: false, ...amountOf(event, amount, -1), tests: testsOf(event, when) };
}

/** Takes a constant or the value of a field as the new value. */
export function sets<Type extends EventType>(event: Type, amount: Amount<Type>, when: When<Type> = {}): Effect {
  return { event, sets: true, ...amountOf(event, amount, 1), tests: testsOf(event, when) };
}

/** Adds what each alternative of a choice counts for; the compiler refuses a table without one of them. */
export function addsPerChoice<Type extends EventType, Name extends FieldName<Type>>(
  event: Type,
  field: Name,
  amounts: Readonly<Record<Condition<FieldNamed<Type, Name>>, number>>,
): Effect[] {
  return Object.entries<number>(amounts).map(([choice, amount]) => adds(event, amount, { where: { [field]: choice } } as When<Type>));
}

function amountOf<Type extends EventType>(event: Type, amount: Amount<Type>, sign: 1 | -1): Pick<Effect, "input" | "factor"> {
  if (typeof amount === "number") return { input: Input.one, factor: sign * amount };
  return { input: Input[columnOf(event, amount)], factor: sign };
}

function testsOf<Type extends EventType>(event: Type, { where = {}, only }: When<Type>): Test[] {
  const tests = Object.entries<string | undefined>(where).map(([name, condition]) => fieldTest(event, name as FieldName<Type>, condition!));
  if (only === "fileBacked") tests.push({ input: Input.isFileBacked, value: 1, isEqual: true, set: null });
  if (only === "oneLevel") tests.push({ input: Input.isOneLevel, value: 1, isEqual: true, set: null });
  if (only === "atStart") tests.push({ input: Input.sinceStartNs, value: 0, isEqual: true, set: null });
  return tests;
}

function fieldTest<Type extends EventType>(event: Type, name: FieldName<Type>, condition: string): Test {
  const column = columnOf(event, name);
  const { set } = event.fields[column] as EventField;
  if (set === undefined) return { input: Input[column], value: 0, isEqual: condition === "zero", set: null };
  return { input: Input[column], value: set[condition], isEqual: true, set };
}
