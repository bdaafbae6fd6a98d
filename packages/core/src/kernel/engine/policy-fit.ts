import { type Problem, problemsError } from "../../errors/index.ts";
import { capabilitiesOf, type ParameterValues, type Policy } from "../../policy/index.ts";
import { MAX_LOOKAHEAD_ACCESSES, listPlacedVms, type Scenario } from "../../scenario/index.ts";
import type { TraceReader } from "../../trace/index.ts";
import { countWorkloadAccesses } from "../../workload/index.ts";

type Traces = ReadonlyMap<string, TraceReader>;

/**
 * Holds a scenario against what a policy, with its parameters, needs of it. Under one-level mapping no policy is asked.
 * @throws BallastError SCENARIO_INVALID that lists what the scenario lacks.
 */
export function checkPolicyFit(scenario: Scenario, policy: Policy, parameters: ParameterValues, traces: Traces): void {
  if (scenario.mapping === "oneLevel") return;
  const capabilities = capabilitiesOf(policy, parameters);
  const problems = [
    ...(policy.needsAllAccesses === true ? findUnforeseeable(scenario, traces) : []),
    ...(capabilities.includes("pageAges") ? findMissingAges(scenario, policy.periodNs(parameters)) : []),
  ];
  if (problems.length > 0) throw problemsError("SCENARIO_INVALID", `The policy ${policy.name} cannot run the scenario`, problems);
}

function findUnforeseeable(scenario: Scenario, traces: Traces): Problem[] {
  return listPlacedVms(scenario).flatMap(({ vm, path }) =>
    vm.processes.flatMap(({ name, workload }, index) => {
      const accesses = countWorkloadAccesses(workload, { traces, files: vm.files });
      if (accesses !== null && accesses <= MAX_LOOKAHEAD_ACCESSES) return [];
      const why = accesses === null ? "waits for commands" : `makes ${accesses} accesses, more than ${MAX_LOOKAHEAD_ACCESSES}`;
      const message =
        `(process "${name}" of VM "${vm.name}") ${why}; the policy must know every access beforehand: ` +
        "take another policy, or a workload that ends sooner";
      return [{ path: `${path}/processes/${index}/workload`, message }];
    }),
  );
}

function findMissingAges({ host }: Scenario, policyNs: number): Problem[] {
  if (host.ageScan.periodNs !== null || policyNs > 0) return [];
  return [
    {
      path: "/host/ageScan/periodNs",
      message: "must be given: the policy sees ages of pages, and has no period of its own to scan them at",
    },
  ];
}
