import { BallastError } from "@ballast/core/errors";
import { parseScenario, printScenario, type Scenario, type VmSpec } from "@ballast/core/scenario";

/** VMs that are alike but for their names and the times at which they start, as `count` of a scenario's file makes them. */
export type VmKind = {
  readonly name: string;
  /** Their indices in the scenario, ascending. */
  readonly places: readonly number[];
};

/**
 * The kind of that name, or the only one.
 * @throws BallastError INPUT_INVALID if there is none, or several to choose from.
 */
export function vmKindOf({ vms, mapping }: Scenario, name: string | undefined): VmKind {
  if (mapping === "oneLevel") throw new BallastError("INPUT_INVALID", "Under one-level mapping there are no VMs to vary: vary frames.");
  const kinds = kindsOf(vms);
  const found =
    name === undefined ? kinds : kinds.filter((kind) => kind.name === name || kind.places.some((place) => vms[place]!.name === name));
  if (found.length === 1) return found[0]!;
  const names = kinds.map((kind) => kind.name).join(", ");
  if (name !== undefined) throw new BallastError("INPUT_INVALID", `The scenario has no VMs "${name}". There are: ${names}.`);
  throw new BallastError("INPUT_INVALID", `The scenario has several kinds of VMs: say with --vm which to vary. There are: ${names}.`);
}

function kindsOf(vms: readonly VmSpec[]): VmKind[] {
  const kinds = new Map<string, VmKind & { readonly places: number[] }>();
  for (const [place, vm] of vms.entries()) {
    const name = vm.name.replace(/-\d+$/, "");
    const key = JSON.stringify({ ...vm, name, startNs: 0 });
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, { name, places: [place] });
    else kind.places.push(place);
  }
  // VMs of one name that differ in more are kinds of their own, each under its full name.
  const all = [...kinds.values()];
  return all.map((kind) => {
    const isOnly = all.filter(({ name }) => name === kind.name).length === 1;
    return isOnly ? kind : { name: vms[kind.places[0]!]!.name, places: kind.places };
  });
}

/**
 * The scenario as if its file had `count` VMs of the kind: further ones stand behind the others of the kind, and start as far apart as the
 * first two. The host's swap stays as large as it is, unless it is as large as these VMs need, which is the default.
 * @throws BallastError SCENARIO_INVALID, for more VMs than a scenario has, say.
 */
export function withVms(scenario: Scenario, { name, places }: VmKind, count: number): Scenario {
  const { vms, host } = scenario;
  const members = places.map((place) => vms[place]!);
  const first = members[0]!;
  const stepNs = members.length < 2 ? 0 : members[1]!.startNs - first.startNs;
  const kind = Array.from({ length: count }, (_, index): VmSpec => {
    const known = members[index];
    const startNs = known?.startNs ?? first.startNs + index * stepNs;
    const copyName = members.length === 1 && count > 1 ? `${name}-${index + 1}` : (known?.name ?? `${name}-${index + 1}`);
    return { ...first, name: copyName, startNs };
  });
  const last = places.at(-1)!;
  const changed = vms.flatMap((vm, place) => (place === last ? kind : places.includes(place) ? [] : [vm]));
  const swapPages = host.swapPages === swappable(vms) ? swappable(changed) : host.swapPages;
  return parseScenario(JSON.parse(printScenario({ ...scenario, vms: changed, host: { ...host, swapPages } })));
}

function swappable(vms: readonly VmSpec[]): number {
  return vms.reduce((sum, { configuredPages, reservationPages }) => sum + configuredPages - reservationPages, 0);
}
