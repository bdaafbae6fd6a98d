import type { BalloonSpec } from "../../../scenario/index.ts";
import type { HostRuntime } from "../../state/host-runtime.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import type { BalloonDriver } from "./balloon-driver.ts";
import { simpleDriver } from "./simple-driver.ts";
import { virtioDriver } from "./virtio-driver.ts";
import { vmwareDriver } from "./vmware-driver.ts";

type OfDriver<Driver extends BalloonSpec["driver"]> = BalloonDriver<Extract<BalloonSpec, { readonly driver: Driver }>>;

const DRIVERS: { readonly [Driver in BalloonSpec["driver"]]: OfDriver<Driver> } = {
  simple: simpleDriver,
  vmware: vmwareDriver,
  virtio: virtioDriver,
};

/** The driver's name picks the one that takes just these figures. */
function driverOf(spec: BalloonSpec): BalloonDriver<BalloonSpec> {
  return DRIVERS[spec.driver];
}

/** Lets a VM's balloon driver do what is due, which goes back to the decision that set its target. */
export function workBalloon(host: HostRuntime, vm: VmRuntime): void {
  const { balloon } = vm.spec;
  if (balloon === null) return;
  const { recorder } = host;
  recorder.decision = vm.decisions.balloonTarget;
  driverOf(balloon).work(host, vm, balloon);
  recorder.decision = 0;
}

/** Tells a VM's balloon driver of a new target, if it is one that can be told. */
export function notifyBalloon(host: HostRuntime, vm: VmRuntime): void {
  const { balloon } = vm.spec;
  if (balloon === null) return;
  vm.balloon.madeProgress = true;
  driverOf(balloon).targetSet(host, vm, balloon);
}
