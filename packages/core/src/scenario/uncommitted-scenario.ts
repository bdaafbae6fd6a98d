import { memoryMarks } from "./memory-state-marks.ts";
import type { Scenario } from "./scenario.ts";
import { plannedVms } from "./start-order.ts";
import type { VmSpec } from "./vm-spec.ts";

/** Free frames above the high mark for each VM, so that aligned blocks of 512 frames are found for its large pages. */
const SPARE_PAGES_PER_VM = 512;

/**
 * The same scenario on a host with memory for all its VMs at once, the hypervisor's own included, above every mark of its memory
 * states: nothing has to be reclaimed, so that each VM behaves as if it were alone. Under one-level mapping the one operating
 * system has memory for every page of its processes and files.
 */
export function uncommittedScenario(scenario: Scenario): Scenario {
  return scenario.mapping === "oneLevel" ? withAmpleSystem(scenario) : withAmpleHost(scenario);
}

function withAmpleHost(scenario: Scenario): Scenario {
  const { host } = scenario;
  const used = plannedVms(scenario).reduce(
    (pages, { configuredPages }) => pages + configuredPages + host.vmOverheadPages + SPARE_PAGES_PER_VM,
    host.overheadPages,
  );
  const framePages = Math.max(host.framePages, withFreePages(scenario, used));
  return { ...scenario, host: { ...host, framePages } };
}

/** The fewest frames of which as many as the marks want are free. */
function withFreePages({ host: { memoryStates, memoryStateMargin } }: Scenario, usedPages: number): number {
  let framePages = usedPages;
  for (;;) {
    const { high, clear = 0 } = memoryMarks(memoryStates, framePages);
    const needed = usedPages + Math.ceil(Math.max(high, clear) * (1 + memoryStateMargin)) + 1;
    if (needed <= framePages) return framePages;
    framePages = needed;
  }
}

function withAmpleSystem(scenario: Scenario): Scenario {
  const [vm] = scenario.vms;
  if (vm === undefined) return scenario;
  const framePages = Math.max(scenario.host.framePages, pagesOf(vm));
  return {
    ...scenario,
    host: { ...scenario.host, framePages },
    vms: [{ ...vm, configuredPages: framePages, limitPages: Math.max(vm.limitPages, framePages) }],
  };
}

function pagesOf({ kernelPages, watermarks, processes, files }: VmSpec): number {
  const ofProcesses = processes.reduce((pages, { virtualPages }) => pages + virtualPages, 0);
  const ofFiles = files.reduce((sum, { pages }) => sum + pages, 0);
  return kernelPages + ofProcesses + ofFiles + (watermarks?.highPages ?? 0) + 1;
}
