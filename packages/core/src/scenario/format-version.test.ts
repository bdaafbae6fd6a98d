import { expect, test } from "vitest";
import { BallastError } from "../errors/index.ts";
import { parseScenario } from "./parse-scenario.ts";
import { printScenario } from "./print-scenario.ts";

const plain = { name: "a", host: { framePages: 8 }, vms: [{ configuredPages: 4, processes: [] }] };

function problemsOf(json: unknown): unknown {
  try {
    parseScenario(json);
    return [];
  } catch (error) {
    return error instanceof BallastError ? error.problems : error;
  }
}

test("a scenario may say the version of its format, which changes nothing (oracle: the same without it)", () => {
  expect(parseScenario({ ...plain, formatVersion: 1 })).toEqual(parseScenario(plain));
  expect(printScenario(parseScenario({ ...plain, formatVersion: 1 }))).toBe(printScenario(parseScenario(plain)));
});

test("one of a later version is refused with what to do, and not with what else of it is unknown here", () => {
  expect(problemsOf({ ...plain, formatVersion: 2, hosts: [] })).toEqual([
    {
      path: "/formatVersion",
      message:
        "must be 1, the version of the format that this Ballast reads, not 2: " +
        "use a Ballast that is as new as the scenario, or bring the scenario into this version by docs/scenarios.md",
    },
  ]);
});

test.each([0, 1.5, "1", null])("formatVersion %j is refused: there is no such version", (formatVersion) => {
  const [problem] = problemsOf({ ...plain, formatVersion }) as { message: string }[];
  expect(problem?.message).toMatch(/^must be 1, .*, not .*: (leave it out|use a Ballast)/);
});
