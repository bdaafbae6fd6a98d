import { expect, test } from "vitest";
import { SHORT_SPECS } from "./plan/run-specs.ts";
import { simulate } from "./simulate.ts";

const SEED = Number(process.env["BALLAST_SEED"] ?? Date.now() % 1_000_000_000);

/** The oracle is a server that nothing disturbs, on data that nothing damages; `npm run test:faults` is the long form. */
test("runs under a few faults end as undisturbed ones, and damaged ones are answered rightly or refused", async () => {
  console.log(`fault simulation in short: BALLAST_SEED=${SEED}`);
  const { rounds, failures, figures } = await simulate({
    seed: SEED,
    // One of each kind: rounds whose number leaves 2 when divided by 4 damage what is stored.
    rounds: [1, 2],
    seconds: 8,
    specs: SHORT_SPECS,
    places: ["proxied"],
    faults: [2, 4],
    nuisances: 0.3,
    say: (line) => console.log(line),
  });
  expect(failures).toEqual([]);
  expect(rounds).toBeGreaterThan(0);
  expect(figures.get("answers held against the undisturbed run's")).toBeGreaterThan(0);
});
