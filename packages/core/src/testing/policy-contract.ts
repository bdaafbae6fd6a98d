import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  capabilitiesOf,
  type Decision,
  findPolicyFaults,
  type Observation,
  type ParameterValues,
  type Policy,
  type PolicyInstance,
  Prng,
  readParameters,
  rightsOf,
} from "../policy/index.ts";
import { caseCount } from "./case-count.ts";
import { findDecisionFaults } from "./decision-faults.ts";
import { hostObservation, observationArbitrary } from "./observation-arbitrary.ts";
import { parametersArbitrary } from "./parameters-arbitrary.ts";
import { policyInKernel } from "./policy-in-kernel.ts";

/** Random observations or parameters for each of the properties below. */
const CASES = caseCount(30, 300);

/**
 * What every policy must keep, as a vitest suite: call it from a test file of the policy's package. A failing property
 * prints its seed and the smallest counterexample.
 */
export function policyContract(policy: Policy): void {
  describe(`the policy ${policy.name} keeps the contract of policies`, () => {
    declarations(policy);
    decisions(policy);
    memory(policy);
    extremes(policy);
    policyInKernel(policy);
  });
}

function declarations(policy: Policy): void {
  test("it declares what a policy must declare, with defaults inside of their ranges", () => {
    expect(findPolicyFaults(policy)).toEqual([]);
    expect(readParameters(policy.parameters, {}, "").problems).toEqual([]);
  });

  test("its name, version and sentence can be shown", () => {
    expect(policy.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(policy.description).toMatch(/^[A-Z].*\.$/);
  });

  test("every parameter says what it is, where its default comes from and how sure that is", () => {
    for (const [name, parameter] of Object.entries(policy.parameters)) {
      expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
      expect(parameter.description, name).not.toBe("");
      expect(parameter.source, name).not.toBe("");
      // It is shown behind the confidence: "assumed: ...".
      expect(parameter.source, name).not.toMatch(/^(published|calibrated|assumed)\b/);
      expect(["published", "calibrated", "assumed"], name).toContain(parameter.confidence);
    }
  });

  test("what it uses, for any parameters, is among what it declares", () => {
    fc.assert(
      fc.property(parametersArbitrary(policy.parameters), (parameters) => {
        expect(policy.requires).toEqual(expect.arrayContaining([...(policy.uses?.(parameters) ?? [])]));
      }),
      { numRuns: CASES },
    );
  });

  test("its period is a whole number of ns, 0 or more, for any parameters", () => {
    fc.assert(
      fc.property(parametersArbitrary(policy.parameters), (parameters) => {
        const periodNs = policy.periodNs(parameters);
        expect(Number.isSafeInteger(periodNs) && periodNs >= 0, `${periodNs} ns`).toBe(true);
        const { periodMs } = parameters;
        if (periodMs !== undefined) expect(periodNs, `${periodMs} ms`).toBe(Math.round(Number(periodMs) * 1e6));
      }),
      { numRuns: CASES },
    );
  });
}

function decisions(policy: Policy): void {
  test("for any observations and parameters it decides only what can be carried out", () => {
    fc.assert(
      fc.property(runsOf(policy), ({ parameters, seed, observations }) => {
        const instance = open(policy, parameters, seed);
        for (const observation of observations) {
          const faults = instance
            .decide(observation)
            .flatMap((decision) => findDecisionFaults(decision, observation, rightsOf(policy, parameters)));
          expect(faults).toEqual([]);
        }
      }),
      { numRuns: CASES },
    );
  });

  test("it leaves the observation as it was", () => {
    fc.assert(
      fc.property(runsOf(policy), ({ parameters, seed, observations }) => {
        const instance = open(policy, parameters, seed);
        for (const observation of observations) {
          expect(() => instance.decide(deepFreeze(observation))).not.toThrow();
        }
      }),
      { numRuns: CASES },
    );
  });
}

function memory(policy: Policy): void {
  test("equal observations and equal random streams give equal decisions", () => {
    fc.assert(
      fc.property(runsOf(policy), ({ parameters, seed, observations }) => {
        const decide = (): (readonly Decision[])[] => decideAll(open(policy, parameters, seed), observations);
        expect(decide()).toEqual(decide());
      }),
      { numRuns: CASES },
    );
  });

  test("saved in the middle and loaded into a new instance, it continues as the undisturbed one does", () => {
    fc.assert(
      fc.property(runsOf(policy), fc.nat(8), ({ parameters, seed, observations }, middle) => {
        const rng = Prng.named(seed, "policy");
        const undisturbed = policy.create(parameters, rng);
        decideAll(undisturbed, observations.slice(0, middle));
        const saved: unknown = JSON.parse(JSON.stringify(undisturbed.save()));
        expect(saved).toEqual(undisturbed.save());
        const resumed = policy.create(parameters, new Prng(rng.save()));
        resumed.load(saved as ReturnType<PolicyInstance["save"]>);
        const rest = observations.slice(middle);
        expect(decideAll(resumed, rest)).toEqual(decideAll(undisturbed, rest));
      }),
      { numRuns: CASES },
    );
  });

  test("two instances do not know of each other", () => {
    fc.assert(
      fc.property(runsOf(policy), runsOf(policy), (run, other) => {
        const alone = decideAll(open(policy, run.parameters, run.seed), run.observations);
        decideAll(open(policy, other.parameters, other.seed), other.observations);
        expect(decideAll(open(policy, run.parameters, run.seed), run.observations)).toEqual(alone);
      }),
      { numRuns: caseCount(10, 30) },
    );
  });
}

function extremes(policy: Policy): void {
  const host = hostObservation(1, 0, { swapFreePages: 0 });

  test("a host without a VM gives it nothing to decide", () => {
    for (const cause of ["period", "memoryState", "shortage"] as const) {
      const instance = open(policy, defaultsOf(policy), 1);
      const neededPages = cause === "shortage" ? 1 : 0;
      expect(instance.decide({ timeNs: 0, cause, neededPages, host, vms: [] })).toEqual([]);
    }
  });

  test("it does not draw random numbers in any other way than from its stream", () => {
    const random = Math.random;
    const now = Date.now;
    const forbidden = (): number => {
      throw new Error("a policy may use neither Math.random nor a clock");
    };
    Math.random = forbidden;
    Date.now = forbidden;
    try {
      for (const observation of fc.sample(observationArbitrary(capabilitiesOf(policy, defaultsOf(policy))), { seed: 1, numRuns: 50 })) {
        expect(() => open(policy, defaultsOf(policy), 1).decide(observation)).not.toThrow();
      }
    } finally {
      Math.random = random;
      Date.now = now;
    }
  });
}

type PolicyRun = {
  readonly parameters: ParameterValues;
  readonly seed: number;
  readonly observations: readonly Observation[];
};

function runsOf(policy: Policy): fc.Arbitrary<PolicyRun> {
  const chosen = fc.oneof(fc.constant(defaultsOf(policy)), parametersArbitrary(policy.parameters));
  return chosen.chain((parameters) =>
    fc.record({
      parameters: fc.constant(parameters),
      seed: fc.nat(),
      observations: fc.array(observationArbitrary(capabilitiesOf(policy, parameters)), { minLength: 1, maxLength: 8 }),
    }),
  );
}

function defaultsOf(policy: Policy): ParameterValues {
  return readParameters(policy.parameters, {}, "").values;
}

function open(policy: Policy, parameters: ParameterValues, seed: number): PolicyInstance {
  return policy.create(parameters, Prng.named(seed, "policy"));
}

function decideAll(instance: PolicyInstance, observations: readonly Observation[]): (readonly Decision[])[] {
  return observations.map((observation) => instance.decide(observation));
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
