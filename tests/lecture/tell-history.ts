import { readFileSync } from "node:fs";
import { SUBJECT_VALUES, viewEvent } from "../../packages/core/src/events/index.ts";
import { createKernel } from "../../packages/core/src/kernel/index.ts";
import { parseScenario, type Scenario } from "../../packages/core/src/scenario/index.ts";
import { drain } from "../../packages/core/src/testing/index.ts";
import { policy } from "../../packages/policies/no-reclaim/src/index.ts";

export function readScenario(name: string): Scenario {
  const file = new URL(`../../scenarios/${name}.json`, import.meta.url);
  return parseScenario(JSON.parse(readFileSync(file, "utf8")));
}

/** Beside the story: the input as a whole, and totals. */
const LEFT_OUT: ReadonlySet<string> = new Set(["RunStarted", "CommandAccepted", "Sampled", "DeviceSampled"]);

/** The whole history of a scenario under no-reclaim, one line per event: time in us, name, VM.process, fields in words. */
export function describeHistory(name: string): string[] {
  const kernel = createKernel({
    scenario: readScenario(name),
    policy,
    parameters: {},
    traces: new Map(),
    checkContents: true,
  });
  const lines: string[] = [];
  drain(kernel, 1024, (batch) => {
    for (let i = 0; i < batch.length; i++) {
      const { type, timeNs, vm, process, fields } = viewEvent(batch, i, (id) => kernel.machine.text(id));
      if (LEFT_OUT.has(type.name)) continue;
      const subject = ["", ` ${vm}`, ` ${vm}.${process}`][SUBJECT_VALUES[type.subject]] ?? "";
      const told = fields.map(({ field, shown }) => ` ${field.name}=${shown.replaceAll(" ", "-")}`).join("");
      lines.push(`${timeNs / 1000} ${type.name}${subject}${told}`);
    }
  });
  return lines;
}

/** A history as it is written in a test: one event per line, "#" begins a remark. */
export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim())
    .filter((line) => line !== "");
}
