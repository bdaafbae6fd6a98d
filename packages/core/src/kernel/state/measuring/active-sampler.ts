import type { Prng, PrngState } from "../../../prng/index.ts";
import type { SamplingSpec } from "../../../scenario/index.ts";

export type ActiveSamplerState = {
  rng: PrngState;
  awaited: Uint8Array;
  touched: number;
  averages: { slow: number; fast: number } | null;
  nextNs: number;
};

/**
 * Estimates which fraction of its configured pages a VM accesses, as ESX does (C. A. Waldspurger, OSDI 2002, section
 * 5.3): in each period of the VM's clock some real pages are chosen uniformly, the next touch of each is counted, and
 * moving averages smooth the fractions found. Which pages have a frame does not matter: a page without one is touched if
 * a host fault brings it back. Before the first period ends there is no average, and the fraction found so far stands
 * for all three (assumed: how ESX begins is unpublished).
 */
export class ActiveSampler {
  readonly sampledPages: number;
  /** When the period ends, on the VM's clock. */
  nextNs: number;
  private readonly spec: SamplingSpec;
  private readonly rng: Prng;
  /** Per real page: 1 if it was chosen in this period and not touched since. */
  private awaited: Uint8Array;
  private touchedPages = 0;
  private averages: { slow: number; fast: number } | null = null;

  constructor(spec: SamplingSpec, configuredPages: number, rng: Prng, startNs: number) {
    this.spec = spec;
    this.rng = rng;
    this.sampledPages = Math.min(spec.pages, configuredPages);
    this.awaited = new Uint8Array(configuredPages);
    this.nextNs = startNs + spec.periodNs;
  }

  get touched(): number {
    return this.touchedPages;
  }

  /** Whether the next touch of a real page is to be counted. */
  awaits(page: number): boolean {
    return this.awaited[page] === 1;
  }

  /** Notes that the VM touched a real page; counts at most once per period. */
  touch(page: number): void {
    this.touchedPages += this.awaited[page];
    this.awaited[page] = 0;
  }

  /** The largest of the slow average, the fast one, and the fast one with the period so far counted in. */
  get estimate(): number {
    const found = this.touchedPages / this.sampledPages;
    if (this.averages === null) return found;
    const { slow, fast } = this.averages;
    return Math.max(slow, fast, fast + this.spec.fastGain * (found - fast));
  }

  /** The averages take in the fraction found. A period that a wait of the VM overran ends with the wait. */
  endPeriod(clockNs: number): void {
    const found = this.touchedPages / this.sampledPages;
    const { slow, fast } = this.averages ?? { slow: found, fast: found };
    const { slowGain, fastGain, periodNs } = this.spec;
    this.averages = { slow: slow + slowGain * (found - slow), fast: fast + fastGain * (found - fast) };
    this.nextNs = clockNs + periodNs;
    this.touchedPages = 0;
  }

  /** Chooses the pages of a new period, each set of this size equally likely (Floyd's algorithm), and calls `onPage` for each. */
  beginPeriod(onPage: (page: number) => void): void {
    const { awaited, sampledPages } = this;
    awaited.fill(0);
    for (let bound = awaited.length - sampledPages; bound < awaited.length; bound++) {
      const drawn = this.rng.nextBelow(bound + 1);
      const page = awaited[drawn] === 0 ? drawn : bound;
      awaited[page] = 1;
      onPage(page);
    }
  }

  save(): ActiveSamplerState {
    const { rng, awaited, touchedPages: touched, averages, nextNs } = this;
    return { rng: rng.save(), awaited: awaited.slice(), touched, averages, nextNs };
  }

  load(state: ActiveSamplerState): void {
    this.rng.load(state.rng);
    this.awaited.set(state.awaited);
    this.touchedPages = state.touched;
    this.averages = state.averages;
    this.nextNs = state.nextNs;
  }
}
