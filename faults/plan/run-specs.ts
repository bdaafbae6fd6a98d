/** A run that is executed undisturbed once, and disturbed as often as the plan has it. */
export type RunSpec = {
  readonly name: string;
  readonly scenario: object;
  readonly policy: string;
  readonly parameters?: object;
  readonly seed: number;
};

/** A policy that breaks its rules, and how. */
export type Misbehaviour = { readonly policy: string; readonly parameters: Readonly<Record<string, string>> };

const vm = (name: string, pages: number, workload: object): object => ({
  name,
  configuredPages: pages,
  processes: [{ name: "work", virtualPages: pages, workload }],
});

/** Two VMs that together need more memory than the host has: nearly every access faults, and events come fast. */
function thrashing(accesses: number): object {
  const workload = { kind: "uniform", pages: 1_000, accesses, writeRatio: 0.5 };
  return {
    name: `thrashing-${accesses}`,
    description: "Two VMs that together need more memory than the host has.",
    host: { framePages: 1_200 },
    vms: [vm("left", 1_024, workload), vm("right", 1_024, workload)],
    policy: "random-steal",
  };
}

/** Recorded programs: their stored blocks are read. */
const REPLAYED = {
  name: "replayed",
  description: "Two recorded programs on a host that is too small for both.",
  host: { framePages: 260 },
  vms: [vm("left", 512, { kind: "trace", trace: "true" }), vm("right", 512, { kind: "trace", trace: "gzip" })],
  policy: "random-steal",
};

/** A hundred thousand to three hundred thousand events each: some commits, some keyframes, a few seconds. */
export const RUN_SPECS: readonly RunSpec[] = [
  { name: "steal", scenario: thrashing(30_000), policy: "random-steal", seed: 1 },
  { name: "steal, long", scenario: thrashing(42_000), policy: "random-steal", seed: 2 },
  { name: "balloon", scenario: thrashing(14_000), policy: "ballooning", seed: 3 },
  { name: "swap", scenario: thrashing(14_000), policy: "host-swap", seed: 4 },
  { name: "esx", scenario: thrashing(12_000), policy: "esx", seed: 5 },
  { name: "trace", scenario: REPLAYED, policy: "random-steal", seed: 6 },
];

/** For the form that runs in the tests: seconds count. */
export const SHORT_SPECS: readonly RunSpec[] = [
  { name: "steal", scenario: thrashing(9_000), policy: "random-steal", seed: 1 },
  { name: "balloon", scenario: thrashing(5_000), policy: "ballooning", seed: 3 },
];

/** A small run under a policy that breaks its rules. */
export function thrashingUnder({ policy, parameters }: Misbehaviour): RunSpec {
  return { name: ["under", policy, ...Object.values(parameters)].join(" "), scenario: thrashing(5_000), policy, parameters, seed: 1 };
}
