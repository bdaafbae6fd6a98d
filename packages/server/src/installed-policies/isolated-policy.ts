import { BallastError } from "@ballast/core/errors";
import {
  type Capability,
  type Decision,
  type Json,
  type ObservedOrder,
  type ParameterValues,
  type Policy,
  type PolicyInstance,
  type Prng,
} from "@ballast/core/policy";
import type { IsolatedPolicy } from "./installed-policy.ts";
import { reachOf } from "./package-reach.ts";
import { askOnce } from "./process/ask-once.ts";
import type { CallGuard } from "./process/call-guard.ts";
import { PolicyProcess } from "./process/policy-process.ts";
import type { PolicyRequest } from "./process/protocol.ts";
import type { PolicyLimits } from "./process/start-process.ts";
import { readDeclaration } from "./read-declaration.ts";
import { readSettled, type Settled } from "./settled.ts";

/** A policy that a kernel can ask, and what must be done when the kernel is not needed any more. */
export type OpenPolicy = {
  readonly policy: Policy;
  /** Of the files of a policy that does not come with Ballast. */
  readonly filesDigest: string | undefined;
  readonly close: () => void;
};

const ADVICE = "The history up to there can be read; correct the policy and start the scenario again.";

/**
 * Starts the process of a policy and gives the policy as a kernel takes it: each call is carried out in the process.
 * @throws BallastError POLICY_* of the process; POLICY_PACKAGE_INVALID if the package does not declare what it declared when
 * it was installed.
 */
export function openIsolatedPolicy(installed: IsolatedPolicy, limits: PolicyLimits, guard: CallGuard): OpenPolicy {
  const who = `The policy ${installed.name} ${installed.version}`;
  const { readable, digest } = reachOrThrow(installed, who);
  const process = new PolicyProcess({ source: { url: installed.url, readable }, limits, guard, who, advice: ADVICE });
  try {
    process.start();
    requireSameDeclaration(installed, process.call({ kind: "declare" }), who);
    return { policy: new RemotePolicy(installed, process, who).policy, filesDigest: digest, close: () => process.close() };
  } catch (error) {
    process.close();
    throw error;
  }
}

/**
 * A policy whose functions of parameters are answered, by a process that has ended since, for these parameters only; it
 * cannot be created. @throws BallastError POLICY_*.
 */
export async function settleIsolatedPolicy(installed: IsolatedPolicy, parameters: ParameterValues, limits: PolicyLimits): Promise<Policy> {
  const who = `The policy ${installed.name} ${installed.version}`;
  const source = { url: installed.url, readable: reachOrThrow(installed, who).readable };
  const settled = readSettled(await askOnce({ source, limits, who, request: { kind: "settle", parameters } }), installed, who);
  return { ...settledFunctions(installed, () => settled), create: neverCreated };
}

function reachOrThrow(installed: IsolatedPolicy, who: string): ReturnType<typeof reachOf> {
  try {
    return reachOf(installed.url);
  } catch (error) {
    throw new BallastError("POLICY_PACKAGE_INVALID", `${who} cannot be read: ${(error as Error).message}.`, { cause: error });
  }
}

function neverCreated(): never {
  throw new Error("a policy that only answers for its parameters has no process");
}

function settledFunctions(
  { url: _url, ...declaration }: IsolatedPolicy,
  settle: (parameters: ParameterValues) => Settled,
): Omit<Policy, "create"> {
  return {
    ...declaration,
    uses: (parameters): readonly Capability[] => settle(parameters).uses,
    orders: (parameters): readonly ObservedOrder[] => settle(parameters).orders,
    periodNs: (parameters) => settle(parameters).periodNs,
  };
}

type Called = ReturnType<PolicyProcess["call"]>;

function requireSameDeclaration(installed: IsolatedPolicy, answer: Called, who: string): void {
  const read = answer.kind === "done" ? readDeclaration(answer.value, who) : undefined;
  if (read !== undefined && "declaration" in read) {
    const { url: _url, ...declaration } = installed;
    if (JSON.stringify(read.declaration) === JSON.stringify(declaration)) return;
  }
  const found = read !== undefined && "declaration" in read ? ` (version ${read.declaration.version})` : "";
  throw new BallastError(
    "POLICY_PACKAGE_INVALID",
    `${who} does not declare what it declared when it was installed${found}: its package was changed since, or it declares ` +
      "something else each time. Restart Ballast to install it as it is now.",
  );
}

/** The policy that a kernel sees. */
class RemotePolicy {
  readonly policy: Policy;
  readonly #installed: IsolatedPolicy;
  readonly #process: PolicyProcess;
  readonly #who: string;
  #settled: { readonly key: string; readonly settled: Settled } | undefined;

  constructor(installed: IsolatedPolicy, process: PolicyProcess, who: string) {
    this.#installed = installed;
    this.#process = process;
    this.#who = who;
    this.policy = {
      ...settledFunctions(installed, (parameters) => this.#settle(parameters)),
      create: (parameters, prng) => this.#create(parameters, prng),
    };
  }

  #settle(parameters: ParameterValues): Settled {
    const key = JSON.stringify(parameters);
    if (this.#settled?.key !== key) {
      const settled = readSettled(this.#process.call({ kind: "settle", parameters }), this.#installed, this.#who);
      this.#settled = { key, settled };
    }
    return this.#settled.settled;
  }

  #create(parameters: ParameterValues, prng: Prng): PolicyInstance {
    const instance = this.#call("create", { kind: "create", parameters, prng: prng.save() }, prng) as number;
    return {
      decide: (observation) => this.#decide({ kind: "decide", instance, observation, prng: prng.save() }, prng),
      save: () => this.#call("save", { kind: "save", instance, prng: prng.save() }, prng) as Json,
      load: (saved) => void this.#call("load", { kind: "load", instance, saved, prng: prng.save() }, prng),
    };
  }

  /** What it throws is told by the kernel with the simulated time. */
  #decide(request: Extract<PolicyRequest, { readonly kind: "decide" }>, prng: Prng): readonly Decision[] {
    const answer = this.#process.call(request);
    if (answer.kind === "threw") throw new Error(answer.message);
    if (answer.prng !== null) prng.load(answer.prng);
    return answer.value as readonly Decision[];
  }

  #call(what: string, request: PolicyRequest, prng: Prng): unknown {
    const answer = this.#process.call(request);
    if (answer.kind === "threw") throw new BallastError("POLICY_THREW", `${this.#who} threw in its ${what}: ${answer.message}`);
    if (answer.prng !== null) prng.load(answer.prng);
    return answer.value;
  }
}
