import { describe, expect, expectTypeOf, test } from "vitest";
import { hostObservation } from "../testing/observation-arbitrary.ts";
import { findPolicyFaults } from "./check-policy.ts";
import { definePolicy } from "./define-policy.ts";
import { definePolicyWithFallback } from "./define-policy-with-fallback.ts";
import { stateful, stateless } from "./instances.ts";
import type { NumberParameter } from "./parameter.ts";
import { readParameters } from "./parameter.ts";
import { Prng } from "../prng/index.ts";
import { vmId } from "../ids/index.ts";
import type { Observation, VmObservation } from "./observation.ts";
import { periodMs } from "./shared-parameters.ts";

const stated = { description: "Any.", source: "made up", confidence: "assumed" } as const;
const about = { apiVersion: 1, name: "any", version: "1.0.0", description: "Does nothing.", requires: ["balloon"] } as const;
const batch: NumberParameter = { type: "integer", unit: "pages", default: 3, minimum: 1, maximum: 9, ...stated };

function vmOf(number: number): VmObservation {
  const pages = { configuredPages: 1000, residentPages: 500, swappedPages: 0, reservationPages: 0, limitPages: 1000 };
  return { vm: vmId(number), name: `vm-${number}`, ...pages, shares: 1, isBusy: true };
}

function observe(cause: Observation["cause"]): Observation {
  return { timeNs: 0, cause, neededPages: cause === "shortage" ? 1 : 0, host: hostObservation(1000, 0), vms: [vmOf(1), vmOf(2)] };
}

// Oracle: the compiler. What is no declared parameter, or has another type, is an error here.
test("the functions of a policy get the parameters with the types of their declarations", () => {
  const policy = definePolicy({
    ...about,
    parameters: {
      batch,
      periodMs,
      isEager: { type: "boolean", default: true, ...stated },
      order: { type: "choice", default: "fifo", choices: ["fifo", "clock"], ...stated },
    },
    orders: ({ order }) => [order],
    periodNs: (values) => values.periodMs * values.batch,
    create(values) {
      expectTypeOf(values.batch).toEqualTypeOf<number>();
      expectTypeOf(values.isEager).toEqualTypeOf<boolean>();
      expectTypeOf(values.order).toEqualTypeOf<"fifo" | "clock">();
      // @ts-expect-error it is not declared
      void values.bacth;
      return stateless(() => []);
    },
  });
  expect(findPolicyFaults(policy)).toEqual([]);
  const { values } = readParameters(policy.parameters, { batch: 2 }, "");
  expect(policy.periodNs(values)).toBe(200);
  expect(policy.orders?.(values)).toEqual(["fifo"]);
});

describe("a policy for another version of the API", () => {
  test.each([
    [
      2,
      "it was written for version 2 of the policy API and Ballast has version 1: install a newer Ballast, or an older version of the policy",
    ],
    [
      0,
      "it was written for version 0 of the policy API and Ballast has version 1: install a newer version of the policy, or bring it up to date by CHANGELOG.md",
    ],
    [undefined, "`apiVersion` is missing: write `apiVersion: 1` if the policy was written for this version of Ballast"],
    ["1", "`apiVersion` must be a whole number, now 1"],
  ])("apiVersion %j is refused by one sentence, whatever else is wrong", (apiVersion, sentence) => {
    expect(findPolicyFaults({ apiVersion })).toEqual([sentence]);
  });
});

describe("a policy with a fallback for a shortage", () => {
  const define = (asked: "at periods" | "always"): ReturnType<typeof definePolicyWithFallback> =>
    definePolicyWithFallback({
      ...about,
      asked,
      parameters: { batch },
      periodNs: () => 1000,
      create: (values) =>
        stateful<number>(0, (times) => {
          return { state: times + values.batch, decisions: [{ kind: "SetBalloonTarget", vm: vmId(1), pages: times, reason: "counts" }] };
        }),
    });
  const kindsOf = (asked: "at periods" | "always", cause: Observation["cause"], given = {}): string[] => {
    const policy = define(asked);
    const instance = policy.create(readParameters(policy.parameters, given, "").values, Prng.named(1, "policy"));
    return instance.decide(observe(cause)).map(({ kind }) => kind);
  };

  test("declares stealing and the parameters of the fallback besides its own, and uses it by them", () => {
    const policy = define("always");
    expect(policy.requires).toEqual(["balloon", "steal"]);
    expect(Object.keys(policy.parameters)).toEqual(["batch", "shortageFallback", "shortageFraction"]);
    const usesWith = (shortageFallback: string): unknown =>
      policy.uses?.(readParameters(policy.parameters, { shortageFallback }, "").values);
    expect(usesWith("steal")).toEqual(["balloon", "steal"]);
    expect(usesWith("end")).toEqual(["balloon"]);
  });

  test("steals at a shortage, unless its parameters say that the VM ends", () => {
    expect(kindsOf("at periods", "shortage")).toEqual(["StealPages", "StealPages"]);
    expect(kindsOf("at periods", "shortage", { shortageFallback: "end" })).toEqual([]);
    expect(kindsOf("always", "shortage")).toEqual(["SetBalloonTarget", "StealPages", "StealPages"]);
  });

  test("is asked at its periods, and at other times only if it says so", () => {
    expect(kindsOf("at periods", "period")).toEqual(["SetBalloonTarget"]);
    expect(kindsOf("at periods", "memoryState")).toEqual([]);
    expect(kindsOf("always", "memoryState")).toEqual(["SetBalloonTarget"]);
  });

  test("saves and loads the state of its own means", () => {
    const policy = define("at periods");
    const { values } = readParameters(policy.parameters, {}, "");
    const first = policy.create(values, Prng.named(1, "policy"));
    first.decide(observe("period"));
    expect(first.save()).toBe(3);
    const second = policy.create(values, Prng.named(1, "policy"));
    second.load(first.save());
    expect(second.decide(observe("period"))).toMatchObject([{ pages: 3 }]);
  });
});
