import type { Run, Verification } from "../../../runs/index.ts";
import { expectingFailures } from "../../errors/answerable.ts";
import { needs } from "../../engine/use-scopes.ts";
import { builder } from "../builder.ts";
import { KeepsEnum } from "../enums.ts";
import { RunRef } from "../run.ts";
import { ScenarioInput, scenarioOf } from "../scenario.ts";
import { orFailure } from "./failing.ts";
import { FROM_DEFAULTS_SAYS, PARAMETERS_SAYS, settingsOf } from "./policy-settings.ts";

const idField = { type: "ID", required: true, description: "The run's id." } as const;

const RunPayloadRef = builder.objectRef<{ readonly run: Run }>("RunPayload").implement({
  description: "The run as it is after the mutation.",
  fields: (t) => ({ run: t.field({ type: RunRef, description: "The run.", resolve: ({ run }) => run }) }),
});

const StartRunInput = builder.inputType("StartRunInput", {
  description: "What to run.",
  fields: (t) => ({
    scenario: t.field({ type: ScenarioInput, required: true, description: "The scenario." }),
    policy: t.string({ description: "Name of an installed policy; the scenario's own choice if not given." }),
    parameters: t.field({
      type: "Json",
      description: PARAMETERS_SAYS,
    }),
    fromDefaults: t.boolean({ defaultValue: false, description: FROM_DEFAULTS_SAYS }),
    seed: t.field({ type: "BigInt", description: "Instead of the scenario's." }),
    paused: t.boolean({ description: "Paused before its first action, to be stepped." }),
    keep: t.field({
      type: KeepsEnum,
      defaultValue: "events",
      description:
        "FIGURES stores the results and the digest of the events alone, which takes less time and nearly no space; the run takes no command but stopRun.",
    }),
    label: t.string({
      description: "What it is for, in a word of 1 to 40 characters by which `runs` can filter. Nothing is computed from it.",
    }),
    idempotencyKey: t.string({ description: "Same key and input: the same run. Another input with it is refused." }),
  }),
});

const RunInput = builder.inputType("RunInput", {
  description: "Which run.",
  fields: (t) => ({ run: t.field(idField) }),
});

const StepRunInput = builder.inputType("StepRunInput", {
  description: "Which run to step, and how far.",
  fields: (t) => ({
    run: t.field(idField),
    events: t.int({
      required: true,
      defaultValue: 1,
      description: "Minimum number of further events; an action makes all of its events.",
    }),
  }),
});

const DeletedRef = builder.objectRef<{ readonly id: string }>("DeleteRunPayload").implement({
  description: "What was deleted.",
  fields: (t) => ({ deletedRunId: t.exposeID("id", { description: "The id, of no run any more." }) }),
});

const VerifiedRef = builder.objectRef<Verification>("VerifyRunPayload").implement({
  description: "What a re-execution found equal.",
  fields: (t) => ({
    positions: t.field({
      type: "BigInt",
      description: "Events compared, from the first on.",
      resolve: ({ positions }) => positions,
    }),
    digest: t.exposeString("digest", { description: "Hex digest over them, equal on both sides." }),
  }),
});

builder.mutationFields((t) => ({
  startRun: t.field({
    type: RunPayloadRef,
    errors: orFailure("StartRun"),
    ...needs("run"),
    description: "Starts a run. It waits in the queue until an executor is free.",
    args: { input: t.arg({ type: StartRunInput, required: true, description: "What to run." }) },
    resolve: (_root, { input }, { services: { application } }) =>
      expectingFailures(async () => {
        const { policy, seed, paused, keep, label, idempotencyKey } = input;
        const scenario = await scenarioOf(application, input.scenario);
        const run = await application.runs.startRun({
          scenario,
          ...settingsOf(input),
          ...(policy == null ? {} : { policy }),
          ...(seed == null ? {} : { seed }),
          ...(paused == null ? {} : { paused }),
          ...(keep == null ? {} : { keep }),
          ...(label == null ? {} : { label }),
          ...(idempotencyKey == null ? {} : { idempotencyKey }),
        });
        return { run };
      }),
  }),
  pauseRun: t.field({
    type: RunPayloadRef,
    errors: orFailure("PauseRun"),
    ...needs("run"),
    description: "Halts a run between two of its actions.",
    args: { input: t.arg({ type: RunInput, required: true, description: "Which run." }) },
    resolve: (_root, { input }, { services: { application }, signal }) =>
      expectingFailures(async () => ({ run: await application.runs.pauseRun(input.run, signal) })),
  }),
  resumeRun: t.field({
    type: RunPayloadRef,
    errors: orFailure("ResumeRun"),
    ...needs("run"),
    description: "Resumes a paused run.",
    args: { input: t.arg({ type: RunInput, required: true, description: "Which run." }) },
    resolve: (_root, { input }, { services: { application }, signal }) =>
      expectingFailures(async () => ({ run: await application.runs.resumeRun(input.run, signal) })),
  }),
  stepRun: t.field({
    type: RunPayloadRef,
    errors: orFailure("StepRun"),
    ...needs("run"),
    description: "Lets a paused run make some more events, then pauses it again.",
    args: { input: t.arg({ type: StepRunInput, required: true, description: "Which run, and how far." }) },
    resolve: (_root, { input }, { services: { application }, signal }) =>
      expectingFailures(async () => ({ run: await application.runs.stepRun(input.run, input.events, signal) })),
  }),
  stopRun: t.field({
    type: RunPayloadRef,
    errors: orFailure("StopRun"),
    ...needs("run"),
    description: "Ends a run. Its history stays.",
    args: { input: t.arg({ type: RunInput, required: true, description: "Which run." }) },
    resolve: (_root, { input }, { services: { application }, signal }) =>
      expectingFailures(async () => ({ run: await application.runs.stopRun(input.run, signal) })),
  }),
}));

builder.mutationFields((t) => ({
  retryRun: t.field({
    type: RunPayloadRef,
    errors: orFailure("RetryRun"),
    ...needs("run"),
    description:
      "Queues a run again that failed by what is around it: workers that died, a policy or a trace that was not there. It continues from its last checkpoint; RUN_STATE for a run whose history ends with its failure.",
    args: { input: t.arg({ type: RunInput, required: true, description: "Which run." }) },
    resolve: (_root, { input }, { services: { application } }) =>
      expectingFailures(async () => ({ run: await application.runs.retryRun(input.run) })),
  }),
  deleteRun: t.field({
    type: DeletedRef,
    errors: orFailure("DeleteRun"),
    ...needs("administer"),
    description: "Deletes a run, its events and everything derived from them. A running one is ended first. Its comparison stays.",
    args: { input: t.arg({ type: RunInput, required: true, description: "Which run." }) },
    resolve: (_root, { input }, { services: { application } }) =>
      expectingFailures(async () => {
        await application.runs.deleteRun(input.run);
        return { id: input.run };
      }),
  }),
  verifyRun: t.field({
    type: VerifiedRef,
    errors: orFailure("VerifyRun"),
    ...needs("run"),
    description: "Executes a run again, from its scenario and its recorded commands, and compares every event.",
    args: { input: t.arg({ type: RunInput, required: true, description: "Which run." }) },
    resolve: (_root, { input }, { services: { application }, signal }) =>
      expectingFailures(() => application.runs.verifyRun(input.run, signal)),
  }),
}));
