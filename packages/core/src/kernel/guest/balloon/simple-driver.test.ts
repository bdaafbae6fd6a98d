import { expect, test } from "vitest";
import { processId, virtualPage, vmId } from "../../../ids/index.ts";
import type { ScriptedCommand, SimpleBalloonSpec } from "../../../scenario/index.ts";
import { drain, historyOf, kernelInput } from "../../../testing/run-to-end.ts";
import { references, smallHost, smallScenario, smallVm } from "../../../testing/small-scenario.ts";
import { createKernel } from "../../engine/create-kernel.ts";

const balloon: SimpleBalloonSpec = { driver: "simple", pollNs: 1_000_000, pollPages: 4, capFraction: 1 };

test("the simple driver takes and gives back its pages per poll, and does nothing at its target (oracle: 4, 4 and 2, by hand)", () => {
  const script: ScriptedCommand[] = [
    { atNs: 500_000, command: { kind: "setBalloonTarget", vm: vmId(1), pages: 10 } },
    { atNs: 50_500_000, command: { kind: "setBalloonTarget", vm: vmId(1), pages: 1 } },
  ];
  const vm = smallVm("guest", 16, references("w0"), { balloon });
  const scenario = smallScenario(smallHost(32), [vm], { script, durationNs: 100_000_000 });
  const history = historyOf(createKernel(kernelInput(scenario)));
  const told = history
    .filter((line) => /^Balloon(Inflated|Deflated)|^Trapped.*balloon call/u.test(line))
    .map((line) => line.replace(/ vm 1.*: /u, " "));
  const pages = told.flatMap((line) => /^Balloon(?:In|De)flated \w+ (\d+)/u.exec(line)?.[1] ?? []);
  expect(pages).toEqual(["4", "4", "2", "4", "4", "1"]);
  expect(told).toHaveLength(12);
});

test("a driver that can take no page makes no progress, so that an interactive run waits for its next command", () => {
  const vm = smallVm("guest", 4, { kind: "interactive" }, { balloon, swapPages: 0 });
  const kernel = createKernel(kernelInput(smallScenario(smallHost(16), [vm])));
  drain(kernel, 64, () => {});
  for (let page = 0; page < 4; page++) {
    kernel.command({ kind: "touchPage", vm: vmId(1), process: processId(1), virtualPage: virtualPage(page), write: true });
  }
  kernel.command({ kind: "setBalloonTarget", vm: vmId(1), pages: 2 });
  expect(kernel.advance(Number.POSITIVE_INFINITY, 1000)).toBe("waiting");
  expect(kernel.machine.vm(1).balloonSizePages).toBe(0);
});

test("a driver that gives back in several polls is at work until it is done, before an interactive run waits (oracle: 12 pages at 4 a poll)", () => {
  const vm = smallVm("guest", 16, { kind: "interactive" }, { balloon });
  const kernel = createKernel(kernelInput(smallScenario(smallHost(32), [vm])));
  for (const pages of [12, 0]) {
    kernel.command({ kind: "setBalloonTarget", vm: vmId(1), pages });
    expect(kernel.advance(Number.POSITIVE_INFINITY, 1000)).toBe("waiting");
    expect(kernel.machine.vm(1).balloonSizePages).toBe(pages);
  }
});
