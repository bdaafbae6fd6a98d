import { expect, test } from "vitest";
import { SHORT_SPECS } from "./plan/run-specs.ts";
import { simulate } from "./simulate.ts";

/** The same every time, so that a failure is of the change; the long form draws others. */
const SEED = Number(process.env["BALLAST_SEED"] ?? 939_191_696);

/** It takes seconds; on a machine with far more to do than it can, minutes. */
const PATIENCE_MS = 300_000;

/** The oracle is a server that nothing disturbs, on data that nothing damages; `npm run test:faults` is the long form. */
test(
  "runs under a few faults end as undisturbed ones, and damaged ones are answered rightly or refused",
  async ({ signal }) => {
    console.log(`fault simulation in short: BALLAST_SEED=${SEED}`);
    const { rounds, failures, figures } = await simulate({
      seed: SEED,
      rounds: [1],
      seconds: 8,
      specs: SHORT_SPECS,
      places: ["proxied"],
      faults: [2, 4],
      nuisances: 0.3,
      signal,
      say: (line) => console.log(line),
    });
    expect(failures).toEqual([]);
    expect(rounds).toBeGreaterThan(0);
    expect(figures.get("answers held against the undisturbed run's")).toBeGreaterThan(0);
  },
  PATIENCE_MS,
);
