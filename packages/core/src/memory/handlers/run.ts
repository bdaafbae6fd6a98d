import type { MachineTables } from "../machine-tables.ts";
import type { Handlers } from "./handlers.ts";

export const runHandlers = {
  RunStarted: (machine, scenario, policy) => {
    machine.scenarioText = scenario;
    machine.policyText = policy;
  },
  RunCompleted: endRun,
  RunFailed: endRun,
  CommandAccepted: null,
  ScriptedCommandSkipped: null,
} satisfies Handlers<"run">;

function endRun(machine: MachineTables): void {
  machine.ended = true;
}
