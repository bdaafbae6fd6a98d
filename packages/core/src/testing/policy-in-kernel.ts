import fc from "fast-check";
import { expect, test } from "vitest";
import { type Policy, readParameters } from "../policy/index.ts";
import { parametersArbitrary } from "./parameters-arbitrary.ts";
import { caseCount } from "./case-count.ts";
import { scenarioArbitrary } from "./random-scenario.ts";
import { kernelInput, runChecked } from "./run-to-end.ts";
import { runBothWays } from "./slices-and-accesses.ts";
import { tracesInto } from "./trace-scenario.ts";

const BATCH_EVENTS = 256;
/**
 * More than nearly all of these runs have. A policy that suspends every VM until its next period of seconds, beside a sampler
 * of a tenth of a millisecond, has millions, all alike.
 */
const MAX_EVENTS = 50_000;
const MAX_COMPARED_EVENTS = 1000;

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

  test("under it slices of traces made in one step give the same events and snapshots as their accesses", () => {
    const parameters = readParameters(policy.parameters, {}, "").values;
    fc.assert(
      fc.property(tracesInto(scenarioArbitrary), fc.nat(60), ({ scenario, traces }, actions) => {
        const { inSlices, oneByOne } = runBothWays({ ...kernelInput(scenario, policy, traces), parameters }, actions, MAX_COMPARED_EVENTS);
        expect(inSlices).toEqual(oneByOne);
      }),
      { numRuns: caseCount(1, 200) },
    );
  });
}
