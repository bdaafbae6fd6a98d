import { CAPABILITIES, type Capability, type Confidence, type Parameter } from "@ballast/core/policy";
import type { InstalledPolicy } from "../../installed-policies/index.ts";
import { builder } from "./builder.ts";
import { enumValues } from "./enum-values.ts";

const ParameterTypeEnum = builder.enumType("ParameterType", {
  description: "What values a parameter takes.",
  values: enumValues([
    ["Number", "number", "A number between two bounds."],
    ["Integer", "integer", "A whole number between two bounds."],
    ["Boolean", "boolean", "True or false."],
    ["Choice", "choice", "One of a few texts."],
  ]),
});

const CONFIDENCES: Readonly<Record<Confidence, string>> = {
  published: "The default stands in a publication.",
  calibrated: "The default was fitted to published measurements.",
  assumed: "The default is our own guess.",
};

const ConfidenceEnum = builder.enumType("Confidence", {
  description: "How sure a default is.",
  values: enumValues(Object.entries(CONFIDENCES).map(([name, description]) => [name, name as Confidence, description])),
});

const CapabilityEnum = builder.enumType("Capability", {
  description: "What a policy may see and ask for.",
  values: enumValues(Object.entries(CAPABILITIES).map(([name, description]) => [name, name as Capability, description])),
});

type NamedParameter = { readonly name: string; readonly parameter: Parameter };

const ParameterRef = builder.objectRef<NamedParameter>("PolicyParameter").implement({
  description: "A parameter of a policy.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Its name." }),
    type: t.field({
      type: ParameterTypeEnum,
      description: "What values it takes.",
      resolve: ({ parameter }) => parameter.type,
    }),
    unit: t.string({
      nullable: true,
      description: "Its unit; null if it is no number.",
      resolve: ({ parameter }) => ("unit" in parameter ? parameter.unit : null),
    }),
    default: t.field({ type: "Json", description: "Its default.", resolve: ({ parameter }) => parameter.default }),
    minimum: t.float({
      nullable: true,
      description: "Least value, included.",
      resolve: ({ parameter }) => ("minimum" in parameter ? parameter.minimum : null),
    }),
    maximum: t.float({
      nullable: true,
      description: "Greatest value, included.",
      resolve: ({ parameter }) => ("maximum" in parameter ? parameter.maximum : null),
    }),
    choices: t.stringList({
      nullable: true,
      description: "Of a CHOICE: its values.",
      resolve: ({ parameter }) => ("choices" in parameter ? parameter.choices : null),
    }),
    description: t.string({ description: "What it does.", resolve: ({ parameter }) => parameter.description }),
    source: t.string({ description: "Where the default comes from.", resolve: ({ parameter }) => parameter.source }),
    confidence: t.field({
      type: ConfidenceEnum,
      description: "How sure the default is.",
      resolve: ({ parameter }) => parameter.confidence,
    }),
  }),
});

const PolicyRef = builder.objectRef<InstalledPolicy>("Policy").implement({
  description: "An installed reclamation policy.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Its name, unique among the installed ones." }),
    version: t.exposeString("version", { description: "Its semantic version." }),
    description: t.exposeString("description", { description: "What it does, one sentence." }),
    requires: t.field({
      type: [CapabilityEnum],
      description: "What it may see and ask for.",
      resolve: (policy) => policy.requires,
    }),
    parameters: t.field({
      type: [ParameterRef],
      description: "Its parameters.",
      resolve: (policy) => Object.entries(policy.parameters).map(([name, parameter]) => ({ name, parameter })),
    }),
  }),
});

builder.queryField("policies", (t) =>
  t.field({
    type: [PolicyRef],
    description: "The installed policies, by name.",
    resolve: (_root, _args, { services }) => services.application.policies.listPolicies(),
  }),
);

builder.queryField("policy", (t) =>
  t.field({
    type: PolicyRef,
    nullable: true,
    description: "One policy; null, with the error POLICY_NOT_FOUND, if none of that name is installed.",
    args: { name: t.arg.string({ required: true, description: "Its name." }) },
    resolve: (_root, { name }, { services }) => services.application.policies.getPolicy(name),
  }),
);
