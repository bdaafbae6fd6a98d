import type { RealPage } from "../../../ids/index.ts";
import type { Capability } from "../../../policy/index.ts";
import { Prng } from "../../../prng/index.ts";
import type { ShardsState } from "../../../reuse/index.ts";
import type { Scenario } from "../../../scenario/index.ts";
import { ActiveSampler, type ActiveSamplerState } from "./active-sampler.ts";
import { PageAges, type PageAgesState } from "./page-ages.ts";
import { ReuseSampler } from "./reuse-sampler.ts";

export type MeasuresState = {
  active: ActiveSamplerState | null;
  reuse: ShardsState | null;
  ages: PageAgesState | null;
};

/** What the hypervisor measures of one VM: what the policy sees of it, and nothing that it does not. */
export class Measures {
  readonly active: ActiveSampler | null;
  readonly reuse: ReuseSampler | null;
  readonly ages: PageAges | null;

  constructor(active: ActiveSampler | null, reuse: ReuseSampler | null, ages: PageAges | null) {
    this.active = active;
    this.reuse = reuse;
    this.ages = ages;
  }

  /** When something is to be done next, on the VM's clock. */
  get nextNs(): number {
    return this.active?.nextNs ?? Number.POSITIVE_INFINITY;
  }

  /** The VM did not run for so long. */
  delay(ns: number): void {
    if (this.active !== null) this.active.nextNs += ns;
  }

  /** Notes that a touch of a real page brought control to the hypervisor. */
  touch(page: RealPage): void {
    this.active?.touch(page);
    this.reuse?.touch(page);
  }

  /** Whether every access to a real page is to trap, not the next one only. */
  watches(page: RealPage): boolean {
    return this.reuse?.watches(page) ?? false;
  }

  /** Whether a touch of a real page is to trap, now or later, so that it needs an entry of its own. */
  isSampled(page: RealPage): boolean {
    return this.watches(page) || (this.active?.awaits(page) ?? false);
  }

  save(): MeasuresState {
    const { active, reuse, ages } = this;
    return { active: active?.save() ?? null, reuse: reuse?.save() ?? null, ages: ages?.save() ?? null };
  }

  load({ active, reuse, ages }: MeasuresState): void {
    if (active !== null) this.active?.load(active);
    if (reuse !== null) this.reuse?.load(reuse);
    if (ages !== null) this.ages?.load(ages);
  }
}

/** The measures of a VM that starts, for a policy with these capabilities. */
export function createMeasures(
  scenario: Scenario,
  capabilities: readonly Capability[],
  vm: number,
  configuredPages: number,
  startNs: number,
): Measures {
  if (scenario.mapping === "oneLevel") return new Measures(null, null, null);
  const { sampling, reuseSampling } = scenario.host;
  const rng = (name: string): Prng => Prng.named(scenario.seed, `kernel/${name}/vm-${vm}`);
  const active = capabilities.includes("activeSample") ? new ActiveSampler(sampling, configuredPages, rng("active-sample"), startNs) : null;
  const reuse = capabilities.includes("missRatioCurve")
    ? new ReuseSampler(reuseSampling, configuredPages, rng("miss-ratio-curve").nextUint32())
    : null;
  const ages = capabilities.includes("pageAges") ? new PageAges(configuredPages) : null;
  return new Measures(active, reuse, ages);
}
