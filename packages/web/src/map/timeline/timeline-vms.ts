import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { parameter, setParameters } from "../../address/address.ts";
import { isAbort } from "../../api/api-error.ts";
import { ask } from "../../api/ask.ts";
import type { MapModel } from "../map-model.ts";
import { VmFaults, VmPages } from "./timeline.generated.ts";
import { chosenVms, MAX_VMS, parseVmChoice, type VmChoice, vmChoiceText, type VmRule, type VmSizes } from "./vm-choice.ts";

const asked = parameter("vms");

/** Which VMs the timeline draws curves of, as the address says. */
export class TimelineVms {
  readonly choice = computed(() => parseVmChoice(asked.value));
  readonly vms: ReadonlySignal<readonly number[]>;
  readonly #sizes = signal<{ readonly rule: VmRule; readonly sizes: VmSizes } | undefined>(undefined);
  readonly #model: MapModel;

  constructor(model: MapModel) {
    this.#model = model;
    this.vms = computed(() => {
      const choice = this.choice.value;
      const known = this.#sizes.value;
      const count = model.allNames.value.length;
      if (typeof choice !== "string" || count <= MAX_VMS) return chosenVms(choice, count, NO_SIZES);
      return known?.rule === choice ? chosenVms(choice, count, known.sizes) : NO_VMS;
    });
  }

  /** Whether some are left out. */
  get areChosen(): boolean {
    return this.#model.allNames.value.length > MAX_VMS;
  }

  choose(choice: VmChoice): void {
    setParameters({ vms: vmChoiceText(choice) });
  }

  /** Asks for what the rule goes by; a run that goes on keeps the VMs that it began with. Returns what ends it. */
  follow(): () => void {
    let abort = new AbortController();
    const end = effect(() => {
      const rule = this.choice.value;
      abort.abort();
      abort = new AbortController();
      if (!this.areChosen || typeof rule !== "string") return;
      const { signal: current } = abort;
      sizesBy(rule, this.#model.run.peek().id, current).then(
        (sizes) => (this.#sizes.value = { rule, sizes }),
        // The first VMs are drawn; the timeline shows what is wrong with the connection.
        (error: unknown) => (isAbort(error) ? undefined : (this.#sizes.value = { rule, sizes: NO_SIZES })),
      );
    });
    return () => {
      end();
      abort.abort();
    };
  }
}

const NO_SIZES: VmSizes = new Map();
/** Until it is known which. */
const NO_VMS: readonly number[] = [];

async function sizesBy(rule: VmRule, run: string, abort: AbortSignal): Promise<VmSizes> {
  if (rule === "largest") {
    const { run: found } = await ask(VmPages, { run }, abort);
    return new Map(found?.summary?.vms.map(({ vm, configuredPages }) => [vm, configuredPages]));
  }
  const { run: found } = await ask(VmFaults, { run }, abort);
  const faultsOf = (metrics: readonly { readonly name: string; readonly value: string | null }[]): number =>
    Number(metrics.find(({ name }) => name === FAULTS)?.value ?? 0);
  return new Map(found?.summary?.vms.map(({ vm, metrics }) => [vm, faultsOf(metrics)]));
}

/** As summaries name the metric. */
const FAULTS = "faults";
