import { processId, realPage, virtualPage, vmId } from "@ballast/core/ids";
import type { Command } from "@ballast/core/kernel";
import { parseVmSpec } from "@ballast/core/scenario";
import type { Run } from "../../../runs/index.ts";
import type { RequestContext } from "../../../api/request-context.ts";
import { expectingFailures } from "../../errors/answerable.ts";
import { needs } from "../../engine/use-scopes.ts";
import { builder } from "../builder.ts";
import { RunRef } from "../run.ts";
import { orFailure } from "./failing.ts";

type CommandPayload = { readonly run: Run; readonly position: number };

const CommandPayloadRef = builder.objectRef<CommandPayload>("CommandPayload").implement({
  description: "A command that the simulation has taken.",
  fields: (t) => ({
    run: t.field({
      type: RunRef,
      description: "The run, its head at or beyond the command.",
      resolve: ({ run }) => run,
    }),
    position: t.field({
      type: "BigInt",
      description: "Position of the command's event.",
      resolve: ({ position }) => position,
    }),
  }),
});

const runField = { type: "ID", required: true, description: "The run's id." } as const;
const vmField = { required: true, description: "The VM's number, from 1." } as const;

const TouchPageInput = builder.inputType("TouchPageInput", {
  description: "An access by a process.",
  fields: (t) => ({
    run: t.field(runField),
    vm: t.int(vmField),
    process: t.int({ required: true, description: "The process's number within the VM, from 1." }),
    virtualPage: t.int({ required: true, description: "The page, from 0." }),
    write: t.boolean({ required: true, defaultValue: false, description: "Whether it writes." }),
  }),
});

const TouchRealPageInput = builder.inputType("TouchRealPageInput", {
  description: "An access by a guest's kernel to a page of its real memory: one in the balloon pops.",
  fields: (t) => ({
    run: t.field(runField),
    vm: t.int(vmField),
    realPage: t.int({ required: true, description: "The page, from 0." }),
  }),
});

const SetBalloonTargetInput = builder.inputType("SetBalloonTargetInput", {
  description: "What a VM is to give up.",
  fields: (t) => ({
    run: t.field(runField),
    vm: t.int(vmField),
    pages: t.int({ required: true, description: "Pages to give up in all: the balloon's new target, not its change." }),
  }),
});

const AddVmInput = builder.inputType("AddVmInput", {
  description: "A VM for a run that has begun.",
  fields: (t) => ({
    run: t.field(runField),
    vm: t.field({
      type: "Json",
      required: true,
      description: "As one of a scenario's `vms`; see scenarios/scenario.schema.json.",
    }),
  }),
});

const StopVmInput = builder.inputType("StopVmInput", {
  description: "Which VM to end.",
  fields: (t) => ({ run: t.field(runField), vm: t.int(vmField) }),
});

function send(run: string, commandOf: () => Command, { services, signal }: RequestContext): Promise<CommandPayload> {
  return expectingFailures(() => services.application.runs.sendCommand(run, commandOf(), signal));
}

builder.mutationFields((t) => ({
  touchPage: t.field({
    type: CommandPayloadRef,
    errors: orFailure("TouchPage"),
    ...needs("run"),
    description: "Has a process of a running simulation access one of its pages.",
    args: { input: t.arg({ type: TouchPageInput, required: true, description: "The access." }) },
    resolve: (_root, { input }, context) =>
      send(
        input.run,
        () => ({
          kind: "touchPage",
          vm: vmId(input.vm),
          process: processId(input.process),
          virtualPage: virtualPage(input.virtualPage),
          write: input.write,
        }),
        context,
      ),
  }),
  touchRealPage: t.field({
    type: CommandPayloadRef,
    errors: orFailure("TouchRealPage"),
    ...needs("run"),
    description: "Has a guest's kernel access a page of its real memory, by mistake if the balloon holds it.",
    args: { input: t.arg({ type: TouchRealPageInput, required: true, description: "The access." }) },
    resolve: (_root, { input }, context) =>
      send(input.run, () => ({ kind: "touchRealPage", vm: vmId(input.vm), realPage: realPage(input.realPage) }), context),
  }),
  setBalloonTarget: t.field({
    type: CommandPayloadRef,
    errors: orFailure("SetBalloonTarget"),
    ...needs("run"),
    description: "Asks a VM to give up pages, as a policy would. Its driver learns it at its next poll.",
    args: { input: t.arg({ type: SetBalloonTargetInput, required: true, description: "What to give up." }) },
    resolve: (_root, { input }, context) =>
      send(input.run, () => ({ kind: "setBalloonTarget", vm: vmId(input.vm), pages: input.pages }), context),
  }),
  addVm: t.field({
    type: CommandPayloadRef,
    errors: orFailure("AddVm"),
    ...needs("run"),
    description: "Asks a running simulation's host to take one more VM. Admission control may refuse it; that is an event too.",
    args: { input: t.arg({ type: AddVmInput, required: true, description: "The VM." }) },
    resolve: (_root, { input }, context) => send(input.run, () => ({ kind: "addVm", spec: parseVmSpec(input.vm) }), context),
  }),
  stopVm: t.field({
    type: CommandPayloadRef,
    errors: orFailure("StopVm"),
    ...needs("run"),
    description: "Ends a VM of a running simulation.",
    args: { input: t.arg({ type: StopVmInput, required: true, description: "Which VM." }) },
    resolve: (_root, { input }, context) => send(input.run, () => ({ kind: "stopVm", vm: vmId(input.vm) }), context),
  }),
}));
