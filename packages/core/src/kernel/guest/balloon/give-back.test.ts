import { expect, test } from "vitest";
import { realPage, processId, virtualPage, vmId } from "../../../ids/index.ts";
import { RealUse } from "../../../memory/index.ts";
import { drain, kernelInput } from "../../../testing/run-to-end.ts";
import { smallHost, smallScenario, smallVm } from "../../../testing/small-scenario.ts";
import { createKernel } from "../../engine/create-kernel.ts";

test("a popped page is free, and is not given back a second time when the balloon deflates (oracle: 8 pages for 8 of the process)", () => {
  const vm = smallVm("guest", 8, { kind: "interactive" });
  const kernel = createKernel(kernelInput(smallScenario(smallHost(16), [vm])));
  const command = (given: Parameters<typeof kernel.command>[0]): void => {
    kernel.command(given);
    drain(kernel, 64, () => {});
  };
  command({ kind: "setBalloonTarget", vm: vmId(1), pages: 3 });
  const ballooned = realPage(kernel.machine.vm(1).use.lastIndexOf(RealUse.Balloon));
  command({ kind: "touchRealPage", vm: vmId(1), realPage: ballooned });
  command({ kind: "setBalloonTarget", vm: vmId(1), pages: 0 });
  for (let page = 0; page < 8; page++) {
    command({ kind: "touchPage", vm: vmId(1), process: processId(1), virtualPage: virtualPage(page), write: true });
  }
  expect(kernel.machine.vm(1)).toMatchObject({ balloonSizePages: 0, mappedPages: 8, residentPages: 8 });
});
