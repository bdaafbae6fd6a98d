import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Two VMs that use 12 pages each on a host of 20: small enough to count by hand, and short of memory. */
export const TINY = {
  name: "tiny",
  description: "Two VMs on a host that is too small for both.",
  host: { framePages: 20 },
  vms: [
    {
      name: "vm",
      count: 2,
      configuredPages: 16,
      processes: [{ name: "scan", virtualPages: 12, workload: { kind: "cyclic", pages: 12, accesses: 240 } }],
    },
  ],
  policy: "random-steal",
};

/** Far more accesses than any machine makes within a test's time, and few events: all pages fit. */
export const ENDLESS = {
  ...TINY,
  name: "endless",
  host: { framePages: 64 },
  vms: [
    {
      name: "vm",
      count: 2,
      configuredPages: 16,
      processes: [{ name: "scan", virtualPages: 15, workload: { kind: "uniform", pages: 15, accesses: 1e12 } }],
    },
  ],
};

export function writeScenario(folder: string, name: string, scenario: unknown): string {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, typeof scenario === "string" ? scenario : JSON.stringify(scenario));
  return file;
}
