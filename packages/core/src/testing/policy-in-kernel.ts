import fc from "fast-check";
import { expect, test } from "vitest";
import { type Policy, readParameters } from "../policy/index.ts";
import { parametersArbitrary } from "./parameters-arbitrary.ts";
import { caseCount } from "./case-count.ts";
import { scenarioArbitrary } from "./random-scenario.ts";
import { kernelInput, runChecked } from "./run-to-end.ts";

const BATCH_EVENTS = 256;
/**
 * More than nearly all of these runs have. A policy that suspends every VM until its next period of seconds, beside a sampler
 * of a tenth of a millisecond, has millions, all alike.
 */
const MAX_EVENTS = 50_000;

/** Puts a policy to work on random machines: nothing it asks for may break an invariant or make a read go wrong. */
export function policyInKernel(policy: Policy): void {
  test("under it random scenarios keep every invariant of the machine, and reads return what was written", () => {
    const defaults = readParameters(policy.parameters, {}, "").values;
    const parametersChosen = fc.oneof(fc.constant(defaults), parametersArbitrary(policy.parameters));
    fc.assert(
      fc.property(scenarioArbitrary, parametersChosen, (scenario, parameters) => {
        const { kernel, isCut } = runChecked({ ...kernelInput(scenario, policy), parameters }, BATCH_EVENTS, MAX_EVENTS);
        expect(kernel.status).toBe(isCut ? "running" : "ended");
      }),
      { numRuns: caseCount(8, 500) },
    );
  });
}
