import { ClampCause, DecisionKind } from "../../../events/index.ts";
import type { SetFreePageReporting } from "../../../policy/index.ts";
import { MAX_REPORTING_ORDER, type ReportingSpec } from "../../../scenario/index.ts";
import { canReport } from "../../guest/reporting/can-report.ts";
import { FreePageReporting } from "../../state/reporting/free-page-reporting.ts";
import type { VmRuntime } from "../../state/vm-runtime.ts";
import type { DecisionMechanism } from "./decision-mechanism.ts";
import { isCount, recordClamp, recordDecision } from "./record-decision.ts";

const code = DecisionKind.SetFreePageReporting;

export const setFreePageReportingDecision: DecisionMechanism<"SetFreePageReporting"> = {
  code,
  changesTimes: true,
  needs: () => ["freePageReporting"],
  findFault(_host, vm, { order, delayNs, blocksAtOnce }) {
    if (vm.spec.balloon === null) return `VM ${vm.memory.vm} has no balloon driver, which would report`;
    if (!isCount(order) || order > MAX_REPORTING_ORDER) {
      return `the order must be a whole number from 0 to ${MAX_REPORTING_ORDER}, not ${order}`;
    }
    if (!isCount(delayNs)) return `the delay must be a whole number of ns from 0, not ${delayNs}`;
    return isCount(blocksAtOnce) && blocksAtOnce > 0
      ? undefined
      : `the blocks in a call must be a whole number from 1, not ${blocksAtOnce}`;
  },
  carryOut(host, vm, decision, number) {
    const wanted = wantedReporting(decision);
    if (isReporting(vm, wanted)) return;
    const pages = wanted === null ? 0 : wanted.blocksAtOnce * (1 << wanted.order);
    recordDecision(host, decision, code, pages, number);
    if (!canReport(vm.spec.balloon)) {
      return recordClamp(host, decision, { code, cause: ClampCause.CannotReport, done: 0, number });
    }
    const { memory, spec } = vm;
    vm.decisions.reporting = number;
    vm.reporting = wanted && FreePageReporting.begin(wanted, memory, spec.kernelPages, host.recorder.nowNs);
    // Pages that the guest is writing out hold nothing for a process any more, but are not free before they are written.
    for (const real of vm.reclaim.written.save()) vm.reporting?.taken(real);
  },
};

function wantedReporting({ isOn, order, delayNs, blocksAtOnce }: SetFreePageReporting): ReportingSpec | null {
  return isOn ? { order, delayNs, blocksAtOnce } : null;
}

function isReporting(vm: VmRuntime, wanted: ReportingSpec | null): boolean {
  const now = vm.reporting?.spec;
  if (now === undefined || wanted === null) return now === undefined && wanted === null;
  return now.order === wanted.order && now.delayNs === wanted.delayNs && now.blocksAtOnce === wanted.blocksAtOnce;
}
