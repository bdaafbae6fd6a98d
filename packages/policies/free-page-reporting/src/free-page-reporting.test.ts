import { hostObservation } from "@ballast/core/testing";
import { NS_PER_S, type Observation, type PolicyInstance, Prng, readParameters, vmId } from "@ballast/core/policy";
import { expect, test } from "vitest";
import { policy } from "./index.ts";

const NO_DRIVER = 2;

function observe(numbers: readonly number[], cause: Observation["cause"] = "period"): Observation {
  const pages = { configuredPages: 1000, residentPages: 500, swappedPages: 0, reservationPages: 0, limitPages: 1000 };
  const vms = numbers.map((number) => {
    const id = { vm: vmId(number), name: `vm-${number}`, shares: 1, isBusy: true };
    return Object.assign(id, pages, { canReportFreePages: number !== NO_DRIVER });
  });
  return { timeNs: 0, cause, neededPages: cause === "shortage" ? 1 : 0, host: hostObservation(1000, 0), vms };
}

const open = (given: Readonly<Record<string, string>> = {}): PolicyInstance =>
  policy.create(readParameters(policy.parameters, given, "").values, Prng.named(1, "policy"));

test("every VM whose driver can is to report blocks of 512 pages after two seconds, 32 at a time (oracle: Linux' page reporting)", () => {
  const how = { isOn: true, order: 9, delayNs: 2 * NS_PER_S, blocksAtOnce: 32, reason: "has started" };
  expect(open().decide(observe([1, NO_DRIVER, 3]))).toEqual([
    { kind: "SetFreePageReporting", vm: 1, ...how },
    { kind: "SetFreePageReporting", vm: 3, ...how },
  ]);
});

test("each VM is told once, and one that starts later when it is seen first", () => {
  const instance = open();
  instance.decide(observe([1]));
  const resumed = open();
  resumed.load(JSON.parse(JSON.stringify(instance.save())));
  for (const going of [instance, resumed]) {
    expect(going.decide(observe([1]))).toEqual([]);
    expect(going.decide(observe([1, 3])).map((decision) => "vm" in decision && decision.vm)).toEqual([3]);
  }
});

test("when no frame is free it steals, as a host with swap does; with `end` it has nothing to take", () => {
  const kinds = (given: Readonly<Record<string, string>>): string[] => {
    const instance = open(given);
    instance.decide(observe([1]));
    return instance.decide(observe([1], "shortage")).map(({ kind }) => kind);
  };
  expect(kinds({})).toEqual(["StealPages"]);
  expect(kinds({ shortageFallback: "end" })).toEqual([]);
});

test("a VM of which it is not known whether its driver can is told nothing", () => {
  const { vms: known, ...seen } = observe([1]);
  const vms = known.map(({ canReportFreePages: _canReport, ...vm }) => vm);
  expect(open().decide({ ...seen, vms })).toEqual([]);
});
