import { processId, realPage, virtualPage, vmId } from "../../ids/index.ts";
import type { Command, ScriptedCommand, SimulationCommand } from "../command.ts";
import { MAX_NS, MAX_PAGES, MAX_PROCESSES } from "../../reading/limits.ts";
import { defaulted, object, required } from "../../reading/object.ts";
import { duration, pageCount } from "../../reading/quantities.ts";
import { named, type Reader, refined } from "../../reading/reader.ts";
import { flag, integer } from "../../reading/scalars.ts";
import { variants } from "../../reading/variants.ts";
import { loneVmForm } from "./vm-form.ts";

const pageNumber = integer({ minimum: 0, maximum: MAX_PAGES - 1 }, "");
const vm = required(
  refined(integer({ minimum: 1, maximum: 1_000_000 }, ""), vmId),
  "The VM's number, from 1, in the order in which the VMs are switched on.",
);

const simulationCommands = {
  touchPage: {
    description: "A process accesses one of its virtual pages.",
    fields: {
      vm,
      process: required(
        refined(integer({ minimum: 1, maximum: MAX_PROCESSES }, ""), processId),
        "The process's number within its VM, from 1.",
      ),
      virtualPage: required(refined(pageNumber, virtualPage), "The page, from 0."),
      write: defaulted(flag, "Whether it stores to the page. Default: false.", false),
    },
  },
  touchRealPage: {
    description: "Something in a VM touches a page of its real memory by mistake, as one that the balloon holds.",
    fields: { vm, realPage: required(refined(pageNumber, realPage), "The page, from 0.") },
  },
  setBalloonTarget: {
    description: "The hypervisor sets a VM's balloon target.",
    fields: {
      vm,
      pages: required(pageCount({ minimum: 0, maximum: MAX_PAGES }), "Pages the balloon is to hold: the new size."),
    },
  },
  addVm: { description: "One more VM asks to be switched on.", fields: { spec: required(loneVmForm, "The VM.") } },
  stopVm: { description: "A VM is switched off.", fields: { vm } },
};

const simulationCommandForm: Reader<SimulationCommand> = variants(simulationCommands);

export const commandForm: Reader<Command> = variants({
  pause: { description: "The run pauses.", fields: {} },
  resume: { description: "The run continues.", fields: {} },
  step: {
    description: "A paused run continues for a number of events.",
    fields: { events: required(integer({ minimum: 1, maximum: 1e9 }, "events"), "How many events.") },
  },
  stop: { description: "The run ends.", fields: {} },
  ...simulationCommands,
});

const scripted = object({
  atNs: required(duration({ minimum: 0, maximum: MAX_NS }), 'Simulated time at which the command is given: ns, or text such as "2 s".'),
  command: required(simulationCommandForm, "The command."),
});

export const scriptedCommandForm: Reader<ScriptedCommand> = named("scriptedCommand", () => scripted);

export const scriptedCommandSchema = scripted.schema;
