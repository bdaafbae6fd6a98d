import { type ChoiceSet, FIELD_COLUMNS, type EventType, UnknownNumber } from "../events/index.ts";
import { type Effect, Input, type Test } from "./effect.ts";
import type { Metric } from "./metric.ts";

/** One effect, ready to be carried out on an array of values. */
type Step = Omit<Effect, "event"> & { readonly place: number };

/** A field whose number must be one of a set: an effect depends on it. */
type Check = { readonly input: number; readonly known: Uint8Array; readonly what: string };

/** All that an event type does to the values of its VM and of the host. */
export type Program = {
  readonly vm: readonly Step[];
  readonly host: readonly Step[];
  readonly checks: readonly Check[];
  /** Whether it takes more than the columns of the event. */
  readonly readsSubject: boolean;
};

const SUBJECT_INPUTS: ReadonlySet<number> = new Set<number>([Input.isFileBacked, Input.isOneLevel, Input.sinceStartNs]);

/** By event code: the effects on metrics, whose places are their indices. */
export function compilePrograms(vm: readonly Metric[], host: readonly Metric[]): (Program | undefined)[] {
  const vmSteps = stepsByCode(vm);
  const hostSteps = stepsByCode(host);
  const events = new Map([...vm, ...host].flatMap(({ effects }) => effects.map(({ event }) => [event.code, event] as const)));
  const programs = new Array<Program | undefined>(Math.max(...events.keys()) + 1).fill(undefined);
  for (const [code, event] of events) {
    const ofVm = vmSteps.get(code) ?? [];
    const ofHost = hostSteps.get(code) ?? [];
    const tests = [...ofVm, ...ofHost].flatMap((step) => step.tests);
    programs[code] = {
      vm: ofVm,
      host: ofHost,
      checks: checksOf(event, tests),
      readsSubject: tests.some(({ input }) => SUBJECT_INPUTS.has(input)),
    };
  }
  return programs;
}

function stepsByCode(metrics: readonly Metric[]): Map<number, Step[]> {
  const steps = new Map<number, Step[]>();
  for (const [place, { effects }] of metrics.entries()) {
    for (const { event, ...effect } of effects) {
      const before = steps.get(event.code) ?? [];
      steps.set(event.code, [...before, { ...effect, place }]);
    }
  }
  return steps;
}

function checksOf(event: EventType, tests: readonly Test[]): Check[] {
  const sets = new Map(tests.flatMap(({ input, set }) => (set === null ? [] : [[input, set] as const])));
  return [...sets].map(([input, set]) => {
    const field = event.fields[FIELD_COLUMNS[input]]?.name;
    return { input, known: knownNumbers(set), what: `\`${field}\` of the event ${event.name}` };
  });
}

/** 1 for each number of the set. */
function knownNumbers(set: ChoiceSet): Uint8Array {
  const known = new Uint8Array(Math.max(...Object.values(set)) + 1);
  for (const number of Object.values(set)) known[number] = 1;
  return known;
}

/** @throws UnknownNumber for a choice that this version does not know: it is never counted as another one. */
export function requireKnown({ checks }: Program, inputs: Float64Array): void {
  for (let i = 0; i < checks.length; i++) {
    const { input, known, what } = checks[i];
    if (known[inputs[input]] !== 1) throw new UnknownNumber(inputs[input], what);
  }
}

/** Carries out the steps whose tests hold, in their order. `inputs` has the numbers by `Input`. */
export function runSteps(steps: readonly Step[], inputs: Float64Array, values: Float64Array): void {
  for (let i = 0; i < steps.length; i++) {
    const { tests, place, factor, input, sets } = steps[i];
    if (tests.length > 0 && !holds(tests, inputs)) continue;
    const amount = factor * inputs[input];
    values[place] = sets ? amount : values[place] + amount;
  }
}

function holds(tests: readonly Test[], inputs: Float64Array): boolean {
  for (let i = 0; i < tests.length; i++) {
    const { input, value, isEqual } = tests[i];
    if ((inputs[input] === value) !== isEqual) return false;
  }
  return true;
}
