import { parseArgs } from "node:util";
import { FAULT_KINDS, type FaultKind } from "./plan/fault.ts";
import { PLACES } from "./plan/round.ts";
import { RUN_SPECS } from "./plan/run-specs.ts";
import { simulate, type SimulationOptions } from "./simulate.ts";

const USAGE = `npm run test:faults -- [--seed N] [--seconds N] [--rounds N] [--round N ...] [--only KIND,...] [--faults N] [--go-on] [--lasting]
  --seed     of the plan of faults and loads (default: drawn from the clock, and printed)
  --seconds  no further fault after so long (default: 300)
  --rounds   most rounds (default: as many as fit)
  --round    only the rounds of these numbers, to repeat a failure; may be repeated
  --only     faults of these kinds: ${FAULT_KINDS.join(", ")}
  --faults   in one round (default: 6 to 16)
  --go-on    further rounds after one that failed
  --lasting  one round in which the server is never ended, for its memory`;

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    seconds: { type: "string", default: "300" },
    rounds: { type: "string" },
    round: { type: "string", multiple: true },
    only: { type: "string" },
    faults: { type: "string" },
    "go-on": { type: "boolean", default: false },
    immutable: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  console.log(USAGE);
  process.exit(0);
}

const fromMs = performance.now();
const seed = wholeNumber("--seed", values.seed ?? String(Date.now() % 1_000_000_000));
const interruption = new AbortController();
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => interruption.abort());
const options: SimulationOptions = {
  seed,
  seconds: wholeNumber("--seconds", values.seconds),
  rounds:
    values.round?.map((text) => wholeNumber("--round", text)) ??
    countTo(values.rounds === undefined ? Infinity : wholeNumber("--rounds", values.rounds)),
  specs: RUN_SPECS,
  places: values.immutable ? ["proxied"] : PLACES,
  faults: faultsOfRound(values.immutable ? "10000" : values.faults),
  nuisances: values.immutable ? 100 : 1,
  kinds: values.immutable ? FAULT_KINDS.filter((kind) => kind !== "kill-server" && kind !== "restart-server") : kindsOf(values.only),
  goesOn: values["go-on"],
  signal: interruption.signal,
  say: (line) => console.log(`${String(Math.round((performance.now() - fromMs) / 1_000)).padStart(5)} s  ${line}`),
};
console.log(`Fault simulation, seed ${seed}, ${options.seconds} s.`);
const { rounds, failures, skipped, figures } = await simulate(options);
console.log(`\n${figures.tables()}\n`);
for (const what of skipped) console.log(`SKIPPED: ${what}`);
for (const failure of failures) console.error(`FAILED: ${failure}`);
const summary = `${rounds} rounds, ${figures.get("kills that met a run at work")} kills that met a run at work, ${figures.get("runs judged")} runs, ${Math.round((performance.now() - fromMs) / 1_000)} s, seed ${seed}`;
if (failures.length > 0) {
  const at = /^round (\d+)/.exec(failures[0] ?? "")?.[1];
  console.error(`Repeat it with: npm run test:faults -- --seed ${seed}${at === undefined ? "" : ` --round ${at}`}`);
}
console.log(`faults: ${failures.length === 0 ? "passed" : `FAILED (${failures.length})`}: ${summary}`);
process.exit(failures.length === 0 ? 0 : 1);

function* countTo(end: number): Generator<number> {
  for (let number = 0; number < end; number++) yield number;
}

function faultsOfRound(text: string | undefined): readonly [fewest: number, max: number] {
  if (text === undefined) return [6, 16];
  const count = wholeNumber("--faults", text);
  return [count, count];
}

function kindsOf(text: string | undefined): readonly FaultKind[] | undefined {
  return text?.split(",").map((name) => {
    const kind = FAULT_KINDS.find((known) => known === name);
    if (kind !== undefined) return kind;
    console.error(`--only: there is no fault "${name}"\n${USAGE}`);
    process.exit(2);
  });
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  console.error(`${option} must be a whole number, not ${text}\n${USAGE}`);
  process.exit(2);
}
