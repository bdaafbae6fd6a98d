import { assert } from "../assert/index.ts";
import { compilePrograms, type PlaceInput, type Program } from "./compile.ts";
import type { Effect } from "./effect.ts";
import type { Metric } from "./metric.ts";

type Table = Readonly<Record<string, Metric>>;

/**
 * Metrics with a place for each. Places follow from the names alone, so that moving a declaration changes nothing: of a VM
 * first its counters, then its gauges, both by name; of the host by name.
 */
export class MetricSet<Counter extends string = string, Gauge extends string = string, Host extends string = string> {
  readonly vmCounters: readonly Counter[];
  readonly vmGauges: readonly Gauge[];
  /** By place: the counters, then the gauges. */
  readonly vm: readonly (Counter | Gauge)[];
  readonly host: readonly Host[];
  readonly vmPlaces: Readonly<Record<Counter | Gauge, number>>;
  readonly hostPlaces: Readonly<Record<Host, number>>;
  /** What an event does to the values of its VM and of the host, by its code; undefined: nothing. */
  readonly programs: readonly (Program | undefined)[];
  readonly #metrics: ReadonlyMap<string, Metric>;

  /** @throws AssertionFailure if two metrics have the same name. */
  constructor(tables: readonly Table[]) {
    const named = tables.flatMap((table) => Object.entries(table));
    this.#metrics = new Map(named);
    assert(
      this.#metrics.size === named.length,
      () => `two metrics are called ${named.find(([name], at) => named.findIndex(([other]) => other === name) !== at)?.[0]}`,
    );
    const namesOf = (scope: Metric["scope"], kinds: readonly Metric["kind"][]): string[] =>
      named.flatMap(([name, metric]) => (metric.scope === scope && kinds.includes(metric.kind) ? [name] : [])).sort();
    this.vmCounters = namesOf("vm", ["counter"]) as Counter[];
    this.vmGauges = namesOf("vm", ["gauge"]) as Gauge[];
    this.vm = [...this.vmCounters, ...this.vmGauges];
    this.host = namesOf("host", ["counter", "gauge"]) as Host[];
    this.vmPlaces = placesOf(this.vm);
    this.hostPlaces = placesOf(this.host);
    this.programs = compilePrograms(this.#inOrder(this.vm), this.#inOrder(this.host));
  }

  get(name: Counter | Gauge | Host): Metric {
    return this.#metrics.get(name)!;
  }

  /** The programs without gauges and without the host. */
  counterPrograms(place: PlaceInput): readonly (Program | undefined)[] {
    return compilePrograms(this.#inOrder(this.vmCounters), [], place);
  }

  /**
   * What values that are stored by place rest on: which metric has which place, and what events do to it. Those that were
   * stored under another schema are not read, but made again from events.
   */
  schema(): unknown {
    return { counters: this.counterSchema(), gauges: this.#schemaOf(this.vmGauges), host: this.#schemaOf(this.host) };
  }

  /** The same of the counters of VMs alone. */
  counterSchema(): unknown {
    return this.#schemaOf(this.vmCounters);
  }

  #schemaOf(names: readonly string[]): unknown {
    return names.map((name) => [name, this.#metrics.get(name)!.effects.map(effectSchema)]);
  }

  #inOrder(names: readonly string[]): Metric[] {
    return names.map((name) => this.#metrics.get(name)!);
  }
}

function placesOf<Name extends string>(names: readonly Name[]): Readonly<Record<Name, number>> {
  return Object.fromEntries(names.map((name, place) => [name, place])) as Record<Name, number>;
}

function effectSchema({ event, sets, input, factor, tests }: Effect): unknown {
  return [event.code, sets, input, String(factor), tests.map(({ input: tested, value, isEqual }) => [tested, value, isEqual])];
}
