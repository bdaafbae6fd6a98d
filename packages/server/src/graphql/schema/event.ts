import type { EventField, EventType, FieldView } from "@ballast/core/events";
import { CATALOGUE } from "@ballast/core/events";
import { describeEvent } from "../../api/events/describe-event.ts";
import type { RunEvent } from "../../api/events/run-event.ts";
import { connectionOf } from "./connection.ts";
import { builder } from "./builder.ts";
import { EventFamilyEnum, EventTypeNameEnum, FieldKindEnum } from "./enums.ts";

const ChoiceRef = builder.objectRef<{ value: number; name: string }>("EventChoice").implement({
  description: "One alternative of a field of kind CHOICE.",
  fields: (t) => ({
    value: t.exposeInt("value", { description: "The number that events carry." }),
    name: t.exposeString("name", { description: "Its name in words." }),
  }),
});

const FieldTypeRef = builder.objectRef<EventField>("EventFieldType").implement({
  description: "What a field of an event type means.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "The field's name; the unit comes last." }),
    kind: t.field({ type: FieldKindEnum, description: "What its number is.", resolve: (field) => field.kind }),
    description: t.exposeString("description", { description: "Meaning and unit, one clause." }),
    choices: t.field({
      type: [ChoiceRef],
      description: "Of a CHOICE: its alternatives; else empty.",
      resolve: (field) => Object.entries(field.choices ?? {}).map(([value, name]) => ({ value: Number(value), name })),
    }),
  }),
});

const EventTypeRef = builder.objectRef<EventType>("EventType").implement({
  description: "An event type of the catalogue.",
  fields: (t) => ({
    type: t.field({ type: EventTypeNameEnum, description: "Its name as an enum value.", resolve: (type) => type.code }),
    name: t.exposeString("name", { description: "Its name as it is stored, such as PageMapped." }),
    code: t.exposeInt("code", { description: "Its number in the log; never used again for something else." }),
    family: t.field({ type: EventFamilyEnum, description: "The group it belongs to.", resolve: (type) => type.family }),
    description: t.exposeString("description", { description: "What it means, one sentence." }),
    fields: t.field({
      type: [FieldTypeRef],
      description: "What it carries.",
      resolve: (type) => Object.values(type.fields),
    }),
  }),
});

builder.queryField("eventTypes", (t) =>
  t.field({
    type: [EventTypeRef],
    description: "The catalogue of event types, by ascending code.",
    resolve: () => CATALOGUE,
  }),
);

const FieldRef = builder.objectRef<FieldView>("EventField").implement({
  description: "One number that an event carries.",
  fields: (t) => ({
    name: t.string({ description: "The field's name; the unit comes last.", resolve: ({ field }) => field.name }),
    value: t.field({
      type: "BigInt",
      nullable: true,
      description: "The number as it is recorded; null where it stands for none.",
      resolve: ({ value, quantity }) => (quantity === null ? null : value),
    }),
    shown: t.exposeString("shown", {
      description: "The number as people read it, in the unit that the field names; the text or the choice's name where it is one; `none`.",
    }),
    virtualPageName: t.string({
      nullable: true,
      description: "Of a virtual page: the name that the scenario gives it; null: none.",
      resolve: ({ virtualPageName }) => virtualPageName ?? null,
    }),
    kind: t.field({ type: FieldKindEnum, description: "What the number is.", resolve: ({ field }) => field.kind }),
    description: t.string({ description: "Meaning and unit, one clause.", resolve: ({ field }) => field.description }),
  }),
});

export const EventRef = builder.objectRef<RunEvent>("Event").implement({
  description: "Something that happened in a run, at its place in the log.",
  fields: (t) => ({
    position: t.field({
      type: "BigInt",
      description: "Its place in the log, from 1, without gaps.",
      resolve: (event) => event.position,
    }),
    type: t.field({ type: EventTypeNameEnum, description: "What happened.", resolve: (event) => event.type.code }),
    family: t.field({
      type: EventFamilyEnum,
      description: "The group of its type.",
      resolve: (event) => event.type.family,
    }),
    timeNs: t.field({
      type: "BigInt",
      description: "Simulated time, in ns since the run began, at which the causing access or tick began.",
      resolve: (event) => event.timeNs,
    }),
    vm: t.int({
      nullable: true,
      description: "Number of the VM concerned; null for the host.",
      resolve: (event) => event.vm || null,
    }),
    process: t.int({
      nullable: true,
      description: "Number of the process concerned, within its VM; null if none.",
      resolve: (event) => event.process || null,
    }),
    decision: t.int({
      nullable: true,
      description:
        "Number, within the run, of the policy's decision that led to the event, immediately or later (a balloon that grows, " +
        "a limit that holds); null if none. In runs recorded with version 1 of the catalogue only the events of a decision itself have it.",
      resolve: (event) => event.decision || null,
    }),
    sentence: t.string({ description: "What an event of this type means.", resolve: (event) => event.type.description }),
    fields: t.field({ type: [FieldRef], description: "What it carries.", resolve: (event) => event.fields }),
    text: t.string({ description: "The event in one line, for people.", resolve: (event) => describeEvent(event) }),
  }),
});

export const EventConnectionRef = connectionOf<RunEvent>("Event", "events", EventRef);
