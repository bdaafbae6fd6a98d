import { BallastError } from "../errors/index.ts";
import { expect, test } from "vitest";
import { parseScenario } from "./parse-scenario.ts";

/** The suggestion of a nearest name costs 1 us a letter: made for each key, this input took 10 s to refuse. */
test("any number of unknown keys is refused with the first hundred of them and the count of the others", () => {
  const scenario: Record<string, unknown> = { name: "many", host: { framePages: 8 }, vms: [] };
  for (let index = 0; index < 150_000; index++) scenario[`key-${index}`] = 1;
  const refused = problemsOf(() => parseScenario(scenario));
  expect(refused).toHaveLength(101);
  expect(refused.at(-1)?.message).toMatch(/^has 1499\d\d more problems$/);
});

function problemsOf(action: () => unknown): BallastError["problems"] {
  try {
    action();
  } catch (error) {
    if (error instanceof BallastError) return error.problems;
    throw error;
  }
  throw new Error("it was accepted");
}
