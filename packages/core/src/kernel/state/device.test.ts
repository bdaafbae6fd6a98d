import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EventCode } from "../../events/index.ts";
import { Counter } from "../../memory/index.ts";
import { Prng } from "../../prng/index.ts";
import { DEVICE_PROFILES, type DeviceSpec, plainDevice } from "../../scenario/index.ts";
import { policyOf, smallHost, smallScenario, smallVm } from "../../testing/small-scenario.ts";
import { createKernel } from "../engine/create-kernel.ts";
import { Device } from "./device.ts";

const US = 1_000;

/** Times at which reads of unrelated pages are done, given when they come. */
function doneNs(spec: DeviceSpec, arrivalsNs: readonly number[]): number[] {
  const device = new Device(spec);
  return arrivalsNs.map((nowNs, index) => nowNs + device.read(nowNs, 1000 * index));
}

describe("by hand", () => {
  test("one channel serves one request after the other", () => {
    expect(doneNs(plainDevice(10, 0), [0, 1, 2, 30])).toEqual([10, 20, 30, 40]);
  });

  test("two channels serve two simultaneously, and the third request waits for the first to end", () => {
    expect(doneNs({ ...plainDevice(10, 0), queueDepth: 2 }, [0, 1, 2, 3])).toEqual([10, 11, 20, 21]);
  });

  test("a link of a page per 50 us lets four parallel requests of 100 us through at 100, 100, 150 and 200 us", () => {
    // The first page has passed after 50 us, but its latency is 100 us; the second has passed after 100 us.
    const spec = { ...plainDevice(100 * US, 0), queueDepth: 4, bandwidthBytesPerS: 81_920_000 };
    expect(doneNs(spec, [0, 0, 0, 0])).toEqual([100 * US, 100 * US, 150 * US, 200 * US]);
  });

  test("writes keep a channel busy for reads that come after them", () => {
    const device = new Device(plainDevice(10, 7));
    device.write(0, 0);
    expect(device.read(0, 1000)).toBe(17);
  });

  test("a request that follows the one before on the medium is cheaper, whichever of them reads or writes", () => {
    const device = new Device({ ...plainDevice(800, 700), sequentialNs: 6 });
    const timesNs = [5, 6, 7, 9, 8].map((position, index) => device.read(10_000 * index, position));
    expect(timesNs).toEqual([800, 6, 6, 800, 800]);
    device.write(100_000, 9);
    expect(device.read(100_000, 10)).toBe(6 + 6);
  });
});

test.each(Object.entries(DEVICE_PROFILES))("a single read of an idle %s takes its stated latency", (_name, { spec }) => {
  expect(doneNs(spec, [0])).toEqual([spec.readNs]);
});

const requests = fc.array(fc.record({ waitNs: fc.integer({ min: 0, max: 100 }), isWrite: fc.boolean(), position: fc.nat(20) }), {
  maxLength: 60,
});

const specs = fc.record({
  readNs: fc.integer({ min: 0, max: 50 }),
  writeNs: fc.integer({ min: 0, max: 50 }),
  sequentialNs: fc.option(fc.integer({ min: 0, max: 50 })),
  queueDepth: fc.integer({ min: 1, max: 5 }),
  bandwidthBytesPerS: fc.option(fc.constantFrom(100e9, 400e9)),
});

test("a device of one channel and nothing more is the one server that it was: busy until the last request is done", () => {
  fc.assert(
    fc.property(requests, (list) => {
      const device = new Device(plainDevice(13, 5));
      let nowNs = 0;
      let busyUntilNs = 0;
      for (const { waitNs, isWrite, position } of list) {
        nowNs += waitNs;
        busyUntilNs = Math.max(nowNs, busyUntilNs) + (isWrite ? 5 : 13);
        if (isWrite) device.write(nowNs, position);
        else expect(device.read(nowNs, position)).toBe(busyUntilNs - nowNs);
      }
    }),
  );
});

test("a device restored from its state continues as the one that saved it", () => {
  fc.assert(
    fc.property(specs, requests, requests, (spec, before, after) => {
      const [device, restored] = [new Device(spec), new Device(spec)];
      const serve = (by: Device, list: typeof before, startNs: number): number[] => {
        let nowNs = startNs;
        return list.map(({ waitNs, position }) => by.read((nowNs += waitNs), position));
      };
      serve(device, before, 0);
      restored.load(device.save());
      expect(serve(restored, after, 1000)).toEqual(serve(device, after, 1000));
      expect(restored.save()).toEqual(device.save());
    }),
  );
});

test("equal requests that arrive together are done at the same times in any order", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.shuffledSubarray([0, 2, 4, 6, 8, 10, 12], { minLength: 7 }), (queueDepth, order) => {
      const spec = { ...plainDevice(10, 0), queueDepth, bandwidthBytesPerS: 1e12 };
      const serve = (positions: readonly number[]): [number[], number, number] => {
        const device = new Device(spec);
        return [positions.map((position) => device.read(0, position)), device.busyNs, device.queueNs];
      };
      expect(serve(order)).toEqual(serve([...order].sort((left, right) => left - right)));
    }),
  );
});

test("channels are never taken for longer than there is time, and a saturated device is taken all the time", () => {
  fc.assert(
    fc.property(specs, requests, (spec, list) => {
      const device = new Device(spec);
      let nowNs = 0;
      let lastNs = 0;
      for (const { waitNs, position } of list) {
        nowNs += waitNs;
        lastNs = Math.max(lastNs, nowNs + device.read(nowNs, position));
      }
      expect(device.busyNs).toBeLessThanOrEqual(spec.queueDepth * lastNs);
      expect(device.queueNs).toBeGreaterThanOrEqual(0);
    }),
  );
  const saturated = new Device({ ...plainDevice(10, 0), queueDepth: 3 });
  for (let request = 0; request < 300; request++) saturated.read(0, 2 * request);
  expect(saturated.busyNs).toBe(300 * 10);
});

/** Requests that come by chance, at `load` of what one channel of 1,000 ns can serve. */
function meanQueueNs(load: number, seed: number): { queueNs: number; utilisation: number; load: number } {
  const rng = Prng.named(seed, "test/arrivals");
  const device = new Device(plainDevice(1_000, 0));
  const count = 40_000;
  let nowNs = 0;
  for (let request = 0; request < count; request++) {
    nowNs += (-Math.log(1 - rng.nextBelow(2 ** 30) / 2 ** 30) * 1_000) / load;
    device.read(nowNs, 2 * request);
  }
  return { queueNs: device.queueNs / count, utilisation: device.busyNs / nowNs, load: (count * 1_000) / nowNs };
}

test.each([0.3, 0.6, 0.8])("requests that come by chance at load %f queue as Pollaczek and Khinchine say for M/D/1", (load) => {
  const runs = Array.from({ length: 12 }, (_, seed) => meanQueueNs(load, seed + 1));
  const mean = runs.reduce((sum, { queueNs }) => sum + queueNs, 0) / runs.length;
  const variance = runs.reduce((sum, { queueNs }) => sum + (queueNs - mean) ** 2, 0) / (runs.length - 1);
  const expectedNs = (load / (2 * (1 - load))) * 1_000;
  expect(Math.abs(mean - expectedNs)).toBeLessThan(3 * Math.sqrt(variance / runs.length));
  // The utilisation law: busy time is throughput times service time.
  for (const run of runs) expect(run.utilisation).toBeCloseTo(run.load, 6);
});

test("the samples say how long the swap device and the guest's disk have worked: pages moved times what one takes", () => {
  const vms = ["one", "two"].map((name) => {
    const workload = { kind: "cyclic", firstPage: 0, pages: 20, accesses: 200, writeRatio: 1 } as const;
    return smallVm(name, 16, workload, { virtualPages: 20, disk: plainDevice(3_000, 2_000) });
  });
  const host = smallHost(24, { swapDevice: plainDevice(5_000, 4_000) });
  const policy = policyOf(({ vms: seen, neededPages }) =>
    neededPages === 0 ? [] : seen.map(({ vm }) => ({ kind: "StealPages", vm, take: { count: 2, order: "random" }, reason: "short" })),
  );
  const kernel = createKernel({
    scenario: smallScenario(host, vms, { sampleNs: 100_000 }),
    policy,
    parameters: {},
    traces: new Map(),
  });
  const moved = new Map<number, number>();
  let status = kernel.status;
  while (status === "running") {
    status = kernel.advance(1000, 1000);
    for (const code of kernel.takeBatch().types) moved.set(code, (moved.get(code) ?? 0) + 1);
  }
  const pages = (code: number): number => moved.get(code) ?? 0;
  const swapped = 5_000 * pages(EventCode.PageSwappedIn) + 4_000 * pages(EventCode.PageSwappedOut);
  expect(pages(EventCode.PageSwappedIn)).toBeGreaterThan(0);
  expect(kernel.machine.swapBusyNs).toBe(swapped);
  expect(kernel.machine.swapQueueNs).toBeGreaterThan(0);
  const paged = 3_000 * pages(EventCode.PagePagedIn) + 2_000 * pages(EventCode.PagePagedOut);
  const disks = kernel.machine.vms.map((vm) => vm.counters[Counter.diskBusyNs]);
  expect(disks.reduce((sum, busyNs) => sum + busyNs, 0)).toBe(paged);
});
