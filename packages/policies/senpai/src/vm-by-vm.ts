import type { Decision, Json, Observation, VmObservation } from "@ballast/core/policy";
import type { Settings } from "./parameters.ts";

/** What is kept of one VM. */
type Known = { readonly vm: number; readonly [what: string]: number };

/** What is known of a VM after a look at it, and what to do. */
export type Step<Kept extends Known> = { readonly known: Kept; readonly decisions: readonly Decision[] };

/** One look at one VM; `before` is what was known of it, undefined at the first look. */
export type Form<Kept extends Known> = (before: Kept | undefined, vm: VmObservation, timeNs: number, settings: Settings) => Step<Kept>;

/** Looks at each VM by itself, as one Senpai for each of them would, and forgets those that are gone. */
export class VmByVm<Kept extends Known> {
  private readonly form: Form<Kept>;
  private readonly settings: Settings;
  private kept: readonly Kept[] = [];

  constructor(form: Form<Kept>, settings: Settings) {
    this.form = form;
    this.settings = settings;
  }

  decide({ vms, timeNs }: Observation): readonly Decision[] {
    const steps = vms.map((vm) => {
      const before = this.kept.find((known) => known.vm === vm.vm);
      return this.form(before, vm, timeNs, this.settings);
    });
    this.kept = steps.map(({ known }) => known);
    return steps.flatMap(({ decisions }) => decisions);
  }

  save(): Json {
    return this.kept;
  }

  load(saved: Json): void {
    this.kept = saved as unknown as readonly Kept[];
  }
}
