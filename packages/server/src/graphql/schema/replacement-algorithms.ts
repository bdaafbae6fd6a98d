import { CACHE_ALGORITHMS, type ReplacementAlgorithm } from "@ballast/core/replacement";
import { builder } from "./builder.ts";

type WordParameter = ReplacementAlgorithm["parameters"][string];

type Named<Declared> = { readonly name: string; readonly declared: Declared };

const ParameterRef = builder.objectRef<Named<WordParameter>>("ReplacementParameter").implement({
  description: "A parameter of a replacement algorithm.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Its name." }),
    description: t.string({ description: "What it does.", resolve: ({ declared }) => declared.description }),
    words: t.stringList({ description: "Its values, the default first.", resolve: ({ declared }) => [...declared.words] }),
  }),
});

const AlgorithmRef = builder.objectRef<Named<ReplacementAlgorithm>>("ReplacementAlgorithm").implement({
  description: "An algorithm of one-level page replacement; see docs/mrc.md.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "Its name, as `missRatioCurve` takes it." }),
    title: t.string({ description: "What it is called.", resolve: ({ declared }) => declared.title }),
    victim: t.string({ description: "The page that leaves when there is no free frame.", resolve: ({ declared }) => declared.victim }),
    looksAhead: t.boolean({
      description: "Whether it knows the references to come: a bound, which no other algorithm goes below.",
      resolve: ({ declared }) => declared.looksAhead,
    }),
    parameters: t.field({
      type: [ParameterRef],
      description: "Its parameters.",
      resolve: ({ declared }) => Object.entries(declared.parameters).map(([name, parameter]) => ({ name, declared: parameter })),
    }),
  }),
});

builder.queryField("replacementAlgorithms", (t) =>
  t.field({
    type: [AlgorithmRef],
    description: "The algorithms of one-level page replacement.",
    resolve: () => Object.entries(CACHE_ALGORITHMS).map(([name, declared]) => ({ name, declared })),
  }),
);
