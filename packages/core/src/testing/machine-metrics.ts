import { hostMetrics, type MachineTables, vmMetric } from "../memory/index.ts";
import { METRICS } from "../metrics/index.ts";

/** The values of the metrics that a machine's tables give, of the host first, then of each VM, by place. */
export function metricsOf(machine: MachineTables): number[][] {
  const host = hostMetrics(machine);
  return [METRICS.host.map((name) => host[name]), ...machine.vms.map((vm) => METRICS.vm.map((name) => vmMetric(vm, name)))];
}
