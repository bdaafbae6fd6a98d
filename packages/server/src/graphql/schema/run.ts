import { ErrorCodeEnum } from "./failure.ts";
import type { Run, RunError } from "../../runs/index.ts";
import { immutableField } from "../../api/immutable.ts";
import { builder } from "./builder.ts";
import { KeepsEnum, RunStatusEnum } from "./enums.ts";

export const RunErrorRef = builder.objectRef<RunError>("RunError").implement({
  description: "Why a run has failed.",
  fields: (t) => ({
    code: t.field({ type: ErrorCodeEnum, description: "Stable; see docs/errors.md.", resolve: (error) => error.code }),
    message: t.exposeString("message", { description: "What happened and what to do." }),
  }),
});

/** Other files add what they know of runs: moments and events, series, summary, decisions, differences. */
export const RunRef = builder.objectRef<Run>("Run").implement({
  description: "One execution of a scenario under a policy.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Its id, opaque.", extensions: immutableField }),
    logId: t.field({
      type: "BigInt",
      description: "Its number in the log: `run_id` of the SQL view `events`.",
      extensions: immutableField,
      resolve: (run) => run.logId,
    }),
    scenarioName: t.exposeString("scenarioName", { description: "Name of its scenario.", extensions: immutableField }),
    policyName: t.exposeString("policyName", { description: "Name of its policy.", extensions: immutableField }),
    policyVersion: t.exposeString("policyVersion", { description: "Version of its policy.", extensions: immutableField }),
    parameters: t.field({
      type: "Json",
      description: "The policy's parameters, complete.",
      extensions: immutableField,
      resolve: (run) => run.parameters,
    }),
    seed: t.field({
      type: "BigInt",
      description: "The number that fixes all randomness.",
      extensions: immutableField,
      resolve: (run) => run.seed,
    }),
    keeps: t.field({ type: KeepsEnum, description: "What of it is stored.", extensions: immutableField, resolve: (run) => run.keeps }),
    label: t.exposeString("label", {
      nullable: true,
      description: "What it was started for, in a word of its client, such as a tour; null: none was given.",
      extensions: immutableField,
    }),
  }),
});

builder.objectFields(RunRef, (t) => ({
  status: t.field({ type: RunStatusEnum, description: "How far it is.", resolve: (run) => run.status }),
  error: t.field({
    type: RunErrorRef,
    nullable: true,
    description: "Why it has failed; null if it has not.",
    resolve: (run) => run.error,
  }),
  headPosition: t.field({
    type: "BigInt",
    description:
      "Position of its last event; 0 before the first. Of a run that keeps only its figures: of the last that it made, once it has completed.",
    resolve: (run) => run.headPosition,
  }),
  headTimeNs: t.field({
    type: "BigInt",
    description: "Simulated time of that event, in ns.",
    resolve: (run) => run.headTimeNs,
  }),
  digest: t.exposeString("digest", { description: "Hex digest over every event up to the head." }),
  accesses: t.field({
    type: "BigInt",
    description: "Accesses that its VMs have made.",
    resolve: (run) => run.accesses,
  }),
  createdAt: t.field({
    type: "DateTime",
    description: "When it was asked for.",
    extensions: immutableField,
    resolve: (run) => run.createdAt,
  }),
  startedAt: t.field({
    type: "DateTime",
    nullable: true,
    description: "When an executor first began it.",
    resolve: (run) => run.startedAt,
  }),
  finishedAt: t.field({
    type: "DateTime",
    nullable: true,
    description: "When it became final.",
    resolve: (run) => run.finishedAt,
  }),
}));
