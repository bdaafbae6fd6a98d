import { type EventType, FIELD_COLUMNS, UnknownNumber } from "../events/index.ts";
import { type Effect, Input, type Test } from "./effect.ts";
import type { Metric } from "./metric.ts";

/** A condition; of a choice with the numbers that are known. */
type Condition = Omit<Test, "set"> & { readonly known: ReadonlySet<number> | null; readonly what: string };

/** One effect, ready to be carried out on an array of values. */
type Step = Omit<Effect, "event" | "tests"> & { readonly place: number; readonly tests: readonly Condition[] | null };

/** An effect that adds a constant, whatever the event says. */
type Constant = { readonly place: number; readonly amount: number };

/**
 * Effects in the form in which they cost least, for they are carried out at every event: most event types add one constant and do
 * nothing else. Null is what there is none of. A metric has its effects of an event either among the constants or the steps.
 */
type Block = {
  readonly first: Constant | null;
  readonly constants: readonly Constant[] | null;
  /** All others, in their order. */
  readonly steps: readonly Step[] | null;
};

/** Blocks by the number of a choice; a number of none is not known. */
type Switch = { readonly input: number; readonly blocks: readonly (Block | undefined)[]; readonly what: string };

/** What an event type does to the values of one subject. */
type Effects = { readonly block: Block; readonly switches: readonly Switch[] | null };

/** What an event type does to the values of its VM and of the host; null: nothing. */
export type Program = {
  readonly vm: Effects | null;
  readonly host: Effects | null;
  /** Whether it takes the event's numbers. */
  readonly readsInputs: boolean;
  /** Whether it takes more than these. */
  readonly readsSubject: boolean;
};

/** Where the numbers that effects take stand among those that they are given; by default as `Input` has them. */
export type PlaceInput = (event: EventType, input: number) => number;

const SUBJECT_INPUTS: ReadonlySet<number> = new Set<number>([Input.isFileBacked, Input.isOneLevel, Input.sinceStartNs]);

/** By event code: the effects on metrics, whose places are their indices. */
export function compilePrograms(
  vm: readonly Metric[],
  host: readonly Metric[],
  place: PlaceInput = (_event, input) => input,
): (Program | undefined)[] {
  const events = new Map([...vm, ...host].flatMap(({ effects }) => effects.map(({ event }) => [event.code, event] as const)));
  const programs = new Array<Program | undefined>(Math.max(...events.keys()) + 1).fill(undefined);
  for (const [code, event] of events) {
    const ofVm = stepsAt(event, vm);
    const ofHost = stepsAt(event, host);
    const all = [...ofVm, ...ofHost];
    programs[code] = {
      vm: compileEffects(event, ofVm, place),
      host: compileEffects(event, ofHost, place),
      readsInputs: !all.every(isConstant),
      readsSubject: all.some(({ tests }) => tests.some(({ input }) => SUBJECT_INPUTS.has(input))),
    };
  }
  return programs;
}

function isConstant({ sets, input, tests }: PlacedEffect): boolean {
  return !sets && input === Input.one && tests.length === 0;
}

type PlacedEffect = Omit<Effect, "event"> & { readonly place: number };

function stepsAt({ code }: EventType, metrics: readonly Metric[]): PlacedEffect[] {
  return metrics.flatMap(({ effects }, place) =>
    effects.flatMap(({ event, ...effect }) => (event.code === code ? [{ ...effect, place }] : [])),
  );
}

/** The first test on a choice becomes a look into a table. */
function compileEffects(event: EventType, effects: readonly PlacedEffect[], place: PlaceInput): Effects | null {
  if (effects.length === 0) return null;
  const always: PlacedEffect[] = [];
  const chosen = new Map<number, { readonly choice: Test; readonly effects: Map<number, PlacedEffect[]> }>();
  for (const effect of effects) {
    const choice = effect.tests.find(({ set }) => set !== null);
    if (choice === undefined) {
      always.push(effect);
      continue;
    }
    const ofChoice = chosen.get(choice.input) ?? { choice, effects: new Map<number, PlacedEffect[]>() };
    chosen.set(choice.input, ofChoice);
    const before = ofChoice.effects.get(choice.value) ?? [];
    ofChoice.effects.set(choice.value, [...before, { ...effect, tests: effect.tests.filter((each) => each !== choice) }]);
  }
  const switches = [...chosen.values()].map(({ choice, effects: byNumber }): Switch => {
    const blocks: Block[] = [];
    for (const number of Object.values(choice.set ?? {})) blocks[number] = compileBlock(event, byNumber.get(number) ?? [], place);
    return { input: place(event, choice.input), blocks, what: fieldText(event, choice.input) };
  });
  return { block: compileBlock(event, always, place), switches: orNull(switches) };
}

function compileBlock(event: EventType, effects: readonly PlacedEffect[], place: PlaceInput): Block {
  const ordered = new Set(effects.flatMap((effect) => (isConstant(effect) ? [] : [effect.place])));
  const constant = effects.filter((effect) => isConstant(effect) && !ordered.has(effect.place));
  const steps = effects.filter((effect) => !constant.includes(effect));
  const [first = null, ...constants] = constant.map((effect): Constant => ({ place: effect.place, amount: effect.factor }));
  return { first, constants: orNull(constants), steps: orNull(steps.map((effect) => stepOf(event, effect, place))) };
}

function orNull<Item>(items: readonly Item[]): readonly Item[] | null {
  return items.length === 0 ? null : items;
}

function stepOf(event: EventType, { sets, input, factor, tests, place: metric }: PlacedEffect, place: PlaceInput): Step {
  const conditions = orNull(tests.map((each) => conditionOf(event, each, place)));
  return { sets, input: place(event, input), factor, tests: conditions, place: metric };
}

function conditionOf(event: EventType, { input, value, isEqual, set }: Test, place: PlaceInput): Condition {
  const known = set === null ? null : new Set(Object.values(set));
  return { input: place(event, input), value, isEqual, known, what: fieldText(event, input) };
}

function fieldText({ name, fields }: EventType, input: number): string {
  return `\`${fields[FIELD_COLUMNS[input]]?.name}\` of the event ${name}`;
}

/**
 * Carries out what an event does to the values of one subject. `inputs` has the numbers where `PlaceInput` says.
 * @throws UnknownNumber for a choice that this version does not know: it is never counted as another one.
 */
export function runEffects({ block, switches }: Effects, inputs: Float64Array, values: Float64Array): void {
  runBlock(block, inputs, values);
  if (switches === null) return;
  for (let i = 0; i < switches.length; i++) {
    const { input, blocks, what } = switches[i];
    const chosen = blocks[inputs[input]];
    if (chosen === undefined) throw new UnknownNumber(inputs[input], what);
    runBlock(chosen, inputs, values);
  }
}

function runBlock({ first, constants, steps }: Block, inputs: Float64Array, values: Float64Array): void {
  if (first !== null) values[first.place] += first.amount;
  if (constants !== null) for (let i = 0; i < constants.length; i++) values[constants[i].place] += constants[i].amount;
  if (steps !== null) for (let i = 0; i < steps.length; i++) runStep(steps[i], inputs, values);
}

function runStep({ sets, input, factor, tests, place }: Step, inputs: Float64Array, values: Float64Array): void {
  if (tests !== null && !holds(tests, inputs)) return;
  const amount = factor * inputs[input];
  values[place] = sets ? amount : values[place] + amount;
}

/** @throws UnknownNumber. */
function holds(tests: readonly Condition[], inputs: Float64Array): boolean {
  for (let i = 0; i < tests.length; i++) {
    const { input, value, isEqual, known, what } = tests[i];
    if (known !== null && !known.has(inputs[input])) throw new UnknownNumber(inputs[input], what);
    if ((inputs[input] === value) !== isEqual) return false;
  }
  return true;
}
