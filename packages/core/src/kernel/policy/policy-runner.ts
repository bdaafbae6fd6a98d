import { BallastError } from "../../errors/index.ts";
import type { Capability, Decision, Json, ObservationCause, ParameterValues, Policy, PolicyInstance } from "../../policy/index.ts";
import { Prng, type PrngState } from "../../prng/index.ts";
import { carryOut } from "./carry-out.ts";
import type { HostRuntime } from "../state/host-runtime.ts";
import { scanIdlePages } from "../hypervisor/idle-scan.ts";
import { observe } from "./observation.ts";
import type { VmRuntime } from "../state/vm-runtime.ts";
import type { HostPeriods } from "../state/host-periods.ts";

export type PolicyRunnerState = { saved: Json; rng: PrngState; decisions: number };

/** Is told of each decision that was carried out: of the VM that may do something at another time now, if there is one. */
type OnCarriedOut = (vm: VmRuntime | undefined) => void;

/** Where the policy sits: asks it, and has its decisions carried out. */
export class PolicyRunner {
  readonly periodNs: number;
  /** What the policy has with its parameters. */
  readonly capabilities: readonly Capability[];
  private readonly host: HostRuntime;
  private readonly policy: Policy;
  private readonly instance: PolicyInstance;
  private readonly rng: Prng;
  private readonly onPolicy: (isDeciding: boolean) => void;
  private decisions = 0;

  constructor(host: HostRuntime, policy: Policy, parameters: ParameterValues, onPolicy: (isDeciding: boolean) => void) {
    this.host = host;
    this.policy = policy;
    this.onPolicy = onPolicy;
    this.rng = Prng.named(host.scenario.seed, "policy");
    this.instance = policy.create(parameters, this.rng);
    this.capabilities = host.rights.capabilities;
    host.sharesBeforeStealing = this.capabilities.includes("pageSharing");
    this.periodNs = policy.periodNs(parameters);
  }

  /** Without a hypervisor the policy is not called, and nothing is measured for it. */
  get periods(): HostPeriods {
    const { mapping, host } = this.host.scenario;
    if (mapping === "oneLevel") return { policyNs: 0, ageScanNs: 0 };
    const ageScanNs = this.capabilities.includes("pageAges") ? (host.ageScan.periodNs ?? this.periodNs) : 0;
    return { policyNs: this.periodNs, ageScanNs };
  }

  /** The hypervisor's periodic work: the scan of accessed bits if the policy sees it, then the policy's turn. */
  tick(onCarriedOut: OnCarriedOut): void {
    if (this.capabilities.includes("idleScan")) {
      for (const vm of this.host.vms) if (vm?.isOn) scanIdlePages(this.host, vm);
    }
    this.ask("period", 0, onCarriedOut);
  }

  /** @throws BallastError POLICY_THREW, POLICY_DECISION_INVALID. */
  ask(cause: ObservationCause, neededPages: number, onCarriedOut: OnCarriedOut): void {
    for (const decision of this.decide(cause, neededPages)) onCarriedOut(carryOut(this.host, decision, ++this.decisions));
  }

  private decide(cause: ObservationCause, neededPages: number): readonly Decision[] {
    const observation = observe(this.host, this.capabilities, cause, neededPages);
    this.onPolicy(true);
    try {
      const decisions: unknown = this.instance.decide(observation);
      if (Array.isArray(decisions)) return decisions as Decision[];
    } catch (thrown) {
      // Of a policy in a process of its own: that process has ended, or what it returned is no data.
      if (thrown instanceof BallastError) throw thrown;
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      throw new BallastError(
        "POLICY_THREW",
        `The policy ${this.policy.name} ${this.policy.version} threw while it decided at ${observation.timeNs} ns: ${why}`,
        { cause: thrown },
      );
    } finally {
      this.onPolicy(false);
    }
    throw new BallastError("POLICY_DECISION_INVALID", `The policy ${this.policy.name} did not return a list of decisions.`);
  }

  save(): PolicyRunnerState {
    return { saved: this.instance.save(), rng: this.rng.save(), decisions: this.decisions };
  }

  load(state: PolicyRunnerState): void {
    this.instance.load(state.saved);
    this.rng.load(state.rng);
    this.decisions = state.decisions;
  }
}
