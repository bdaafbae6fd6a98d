import { ClampCause, DecisionKind } from "@ballast/core/events";
import { type DecisionFigure, type DecisionRow, readDecisions } from "../../projections/index.ts";
import { pageOf } from "../../api/paging/connection.ts";
import { connectionOf } from "./connection.ts";
import { decodeCursor, encodeCursor } from "../../api/paging/cursor.ts";
import { checkListLimit } from "../../api/paging/list-limit.ts";
import { builder } from "./builder.ts";
import { enumValues } from "./enum-values.ts";
import { RunRef } from "./run.ts";
import { costsByPage, pageArgs } from "./table-args.ts";

const KINDS: Readonly<Record<keyof typeof DecisionKind, string>> = {
  SetBalloonTarget: "That a VM's balloon grow or shrink to a size.",
  StealPages: "That the hypervisor take pages of a VM.",
  SetMemoryLimit: "That a VM hold at most a number of frames.",
  SuspendVm: "That a VM not run for now.",
  ResumeVm: "That a suspended VM run again.",
  SharePages: "That the sharing scanner look at a number of pages.",
  SetFreePageReporting: "That a guest report free pages, or not.",
};

const CLAMP_CAUSES: Readonly<Record<keyof typeof ClampCause, string>> = {
  NothingToTake: "There were not enough pages to take.",
  AboveCap: "The balloon may not grow so large.",
  SwapFull: "The host's swap is full.",
  VmGone: "The VM has ended.",
  CannotReport: "The guest cannot report free pages.",
};

/** Every choice of an event's field, with what it means. */
function choices<Name extends string, Value extends number>(
  values: Readonly<Record<Name, Value>>,
  descriptions: Readonly<Record<Name, string>>,
): Record<string, { value: Value; description: string }> {
  return enumValues((Object.keys(values) as Name[]).map((name) => [name, values[name], descriptions[name]]));
}

const DecisionKindEnum = builder.enumType("DecisionKind", {
  description: "What a policy asks for.",
  values: choices(DecisionKind, KINDS),
});

const ClampCauseEnum = builder.enumType("ClampCause", {
  description: "Why a decision was not carried out in full.",
  values: choices(ClampCause, CLAMP_CAUSES),
});

const DecisionFigureRef = builder.objectRef<DecisionFigure>("DecisionFigure").implement({
  description: "A figure that a decision rests on, as the policy saw it.",
  fields: (t) => ({
    vm: t.int({ nullable: true, description: "The VM it is about; null: the host.", resolve: ({ vm }) => vm || null }),
    figure: t.exposeString("figure", { description: "Its name, with the unit last." }),
    value: t.exposeFloat("value", { description: "Its value, to a millionth." }),
  }),
});

export const DecisionRef = builder.objectRef<DecisionRow>("Decision").implement({
  description: "A decision of a run's policy: its reason, what it rests on, and what came of it.",
  fields: (t) => ({
    decision: t.exposeInt("decision", { description: "Its number within the run, from 1." }),
    position: t.field({ type: "BigInt", description: "Position of its event.", resolve: ({ position }) => position }),
    timeNs: t.field({ type: "BigInt", description: "Simulated time, in ns.", resolve: ({ timeNs }) => timeNs }),
    vm: t.int({ nullable: true, description: "The VM it concerns; null: none.", resolve: ({ vm }) => vm || null }),
    kind: t.field({
      type: DecisionKindEnum,
      description: "What it asks for.",
      resolve: ({ kind }) => kind as DecisionKind,
    }),
    reason: t.exposeString("reason", { description: "Why, in the policy's words." }),
    requestedPages: t.field({
      type: "BigInt",
      description: "How many pages it asks for.",
      resolve: ({ requestedPages }) => requestedPages,
    }),
    clampCause: t.field({
      type: ClampCauseEnum,
      nullable: true,
      description: "What stood in the way; null if it was carried out in full.",
      resolve: ({ clampCause }) => clampCause as ClampCause | null,
    }),
    donePages: t.field({
      type: "BigInt",
      nullable: true,
      description: "How many pages were done, if not all.",
      resolve: ({ donePages }) => donePages,
    }),
    figures: t.field({
      type: [DecisionFigureRef],
      description: "The figures it rests on.",
      resolve: ({ figures }) => figures,
    }),
  }),
});

const DecisionConnectionRef = connectionOf<DecisionRow>("Decision", "decisions", DecisionRef);

builder.objectField(RunRef, "decisions", (t) =>
  t.field({
    type: DecisionConnectionRef,
    description: "What the policy decided and why, in order, as far as the run is projected.",
    extensions: costsByPage,
    args: { ...pageArgs, vm: t.arg.int({ required: false, description: "Only decisions that concern this VM." }) },
    resolve: async (run, { vm, ...page }, { services }) => {
      const first = checkListLimit(page.first);
      const list = `${run.id}/decisions`;
      const after = page.after == null ? 0 : decodeCursor(list, page.after);
      const query = { after, first: first + 1, ...(vm == null ? {} : { vm }) };
      const found = await readDecisions(services.application.pool, run.logId, query);
      return pageOf(found, first, ({ decision }) => encodeCursor(list, decision));
    },
  }),
);
