import { printCanonicalJson } from "./canonical-json.ts";
import type { Scenario } from "./scenario.ts";

/**
 * Canonical JSON: keys sorted, nothing left out, no white space. Equal scenarios print equally, and `parseScenario`
 * gives the same scenario back.
 */
export function printScenario(scenario: Scenario): string {
  return printCanonicalJson(formOf(scenario));
}

/** Under one-level mapping the file form has the OS instead of the one VM. */
function formOf(scenario: Scenario): object {
  const [vm] = scenario.vms;
  if (scenario.mapping === "twoLevel" || vm === undefined) return scenario;
  const { vms: _, ...rest } = scenario;
  const { name, kernelPages, replacement, swappiness, watermarks, referenceBitOnLoad, disk, swapPages, processes, files } = vm;
  const os = { name, kernelPages, replacement, swappiness, watermarks, referenceBitOnLoad, disk, swapPages, processes, files };
  return { ...rest, os };
}
