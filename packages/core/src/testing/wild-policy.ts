import fc from "fast-check";
import {
  type Capability,
  type Decision,
  OBSERVED_ORDERS,
  type Policy,
  SHARING_STYLES,
  type StealOrder,
  type StealPlace,
  type VmObservation,
} from "../policy/index.ts";
import { type RealPage, realPage } from "../ids/index.ts";
import type { Prng } from "../prng/index.ts";

/** What the wild policy steals in. */
const WILD_ORDERS: readonly StealOrder[] = ["random", "idle", "fifo", "clock", "age", "lru"];

/** Asks for anything that it may ask for, at random: harder on the kernel than any policy with a plan. */
export const wildPolicy: Policy = {
  apiVersion: 1,
  name: "wild",
  version: "1.0.0",
  description: "Decides at random.",
  requires: [
    "balloon",
    "steal",
    "idleScan",
    "memoryLimit",
    "suspend",
    "pressure",
    "activeSample",
    "missRatioCurve",
    "pageAges",
    "pageSharing",
    "freePageReporting",
    "compression",
    "foresight",
  ],
  orders: () => OBSERVED_ORDERS,
  parameters: {},
  periodNs: () => 200_000,
  create: (_parameters, prng) => ({
    decide: (observation) => [...shareWildly(prng), ...observation.vms.flatMap((vm) => decideWildly(vm, prng))],
    save: () => null,
    load: () => {},
  }),
};

/** The wild policy, with and without what a hypervisor does by itself as soon as a policy declares it. */
export const wildPolicyArbitrary: fc.Arbitrary<Policy> = fc.subarray<Capability>(["diskMapper"]).map((more) => wildPolicyWith(more));

function wildPolicyWith(more: readonly Capability[]): Policy {
  return { ...wildPolicy, requires: [...wildPolicy.requires, ...more] };
}

/** The same without samples of single pages, which leave next to no large page whole. */
export const wildPolicyWithoutSamples: Policy = {
  ...wildPolicy,
  requires: wildPolicy.requires.filter((capability) => capability !== "activeSample" && capability !== "missRatioCurve"),
};

function orderRandomly(prng: Prng): StealOrder {
  return WILD_ORDERS[prng.nextBelow(WILD_ORDERS.length)];
}

function placeRandomly(prng: Prng): StealPlace {
  return prng.nextBelow(2) === 0 ? "swap" : "compression";
}

function decideWildly(vm: VmObservation, prng: Prng): Decision[] {
  const reason = "by chance";
  const decisions: Decision[] = [];
  if (vm.balloon && prng.nextBelow(2) === 0) {
    decisions.push({ kind: "SetBalloonTarget", vm: vm.vm, pages: prng.nextBelow(vm.configuredPages + 1), reason });
  }
  if (prng.nextBelow(2) === 0) {
    const [order, count, minimumAgeScans] = [orderRandomly(prng), prng.nextBelow(4), prng.nextBelow(3)];
    const take = { count, order, ...(order === "age" ? { minimumAgeScans } : {}) };
    decisions.push({ kind: "StealPages", vm: vm.vm, take, into: placeRandomly(prng), reason });
  }
  if (prng.nextBelow(4) === 0) {
    const realPages: RealPage[] = [realPage(prng.nextBelow(vm.configuredPages))];
    const into = placeRandomly(prng);
    decisions.push({ kind: "StealPages", vm: vm.vm, take: { realPages }, into, reason, figures: { rng: 0.25 } });
  }
  return [...decisions, ...limitWildly(vm, prng), ...reportWildly(vm, prng)];
}

function reportWildly({ vm, balloon }: VmObservation, prng: Prng): Decision[] {
  if (!balloon || prng.nextBelow(8) > 0) return [];
  const [isOn, order, delayNs] = [prng.nextBelow(4) > 0, prng.nextBelow(3), 10_000 * prng.nextBelow(3)];
  return [{ kind: "SetFreePageReporting", vm, isOn, order, delayNs, blocksAtOnce: 1 + prng.nextBelow(3), reason: "by chance" }];
}

function shareWildly(prng: Prng): Decision[] {
  if (prng.nextBelow(2) === 0) return [];
  const style = SHARING_STYLES[prng.nextBelow(SHARING_STYLES.length)];
  const pages = prng.nextBelow(40);
  return [{ kind: "SharePages", pages, style, breaksLargePages: pages % 2 === 0, reason: "by chance" }];
}

/** Mostly resumes a suspended VM, so that runs come to an end. */
function limitWildly({ vm, configuredPages, isSuspended }: VmObservation, prng: Prng): Decision[] {
  const reason = "by chance";
  const decisions: Decision[] = [];
  if (prng.nextBelow(8) === 0) {
    const order = orderRandomly(prng);
    const pages = prng.nextBelow(configuredPages + 2);
    decisions.push({ kind: "SetMemoryLimit", vm, pages, order, into: placeRandomly(prng), reason });
  }
  if (isSuspended === true && prng.nextBelow(4) > 0) decisions.push({ kind: "ResumeVm", vm, reason });
  if (prng.nextBelow(16) === 0) decisions.push({ kind: "SuspendVm", vm, reason });
  return decisions;
}
