import { CATALOGUE_VERSION, HostStarted, Mapping, Mmu, RunStarted } from "../../events/index.ts";
import { NO_VM } from "../../ids/index.ts";
import { MachineTables } from "../../memory/index.ts";
import { rightsOf } from "../../policy/index.ts";
import { printCanonicalJson, printScenario, type Scenario } from "../../scenario/index.ts";
import { reserveOverhead } from "../guest/admission.ts";
import { HostRuntime } from "../state/host-runtime.ts";
import type { Kernel, KernelInput, KernelSnapshot } from "./kernel-contract.ts";
import { PolicyRunner } from "../policy/policy-runner.ts";
import { Recorder } from "../state/recorder.ts";
import { Simulation } from "./simulation.ts";
import { loadSimulation } from "./snapshot.ts";
import { Schedule } from "./schedule.ts";

/** A kernel before its first action; the events of the run's and the host's start are pending. */
export function createKernel(input: KernelInput): Kernel {
  const { scenario } = input;
  const recorder = new Recorder(new MachineTables());
  const host = new HostRuntime(scenario, recorder, input.checkContents ?? false, rightsOf(input.policy, input.parameters));
  const policyRunner = new PolicyRunner(host, input.policy, input.parameters, input.onPolicy ?? (() => {}));
  recordStart(input, recorder);
  if (scenario.mapping === "twoLevel") reserveOverhead(host, NO_VM, scenario.host.overheadPages);
  const schedule = new Schedule(scenario, policyRunner.periods);
  return new Simulation({ input, host, policyRunner, schedule, suspendedPeriods: 0, actions: 0, status: "running" });
}

/** A kernel that continues exactly where the one that saved the snapshot was, given the same input. */
export function restoreKernel(input: KernelInput, snapshot: KernelSnapshot): Kernel {
  return new Simulation(loadSimulation(input, snapshot));
}

function recordStart(input: KernelInput, recorder: Recorder): void {
  const { scenario, policy } = input;
  const recorded = input.recorded ?? input;
  const scenarioText = recorder.stringId(printScenario(recorded.scenario));
  const policyText = recorder.stringId(printCanonicalJson({ name: policy.name, version: policy.version, parameters: recorded.parameters }));
  recorder.record(RunStarted, scenarioText, policyText, CATALOGUE_VERSION, scenario.seed);
  const mapping = scenario.mapping === "oneLevel" ? Mapping.OneLevel : Mapping.TwoLevel;
  const { framePages, swapPages } = scenario.host;
  recorder.record(HostStarted, framePages, mapping, mmuOf(scenario), swapPages);
}

function mmuOf(scenario: Scenario): Mmu {
  if (scenario.mapping === "oneLevel") return Mmu.None;
  return scenario.mmu === "shadow" ? Mmu.Shadow : Mmu.Nested;
}
