import { BallastError } from "@ballast/core/errors";
import { CACHE_ALGORITHM_NAMES, type GridStep, parseAlgorithmChoices, type ReferenceGrid, referenceGrid } from "@ballast/core/replacement";
import { builder } from "./builder.ts";

const MAX_REFERENCES = 1_000;
const MAX_FRAMES = 64;
/** Of the tables of one field: an algorithm with one number of frames each. */
const MAX_GRIDS = 32;
const GRID_COST = 500;
/** What the cost rule takes a table to have: a textbook's string. */
const USUAL_STEPS = 20;

const GridStepRef = builder.objectRef<GridStep>("ReplacementStep").implement({
  description: "What one reference found, and what is in the frames after it.",
  fields: (t) => ({
    reference: t.exposeString("reference", { description: "The page that is referenced." }),
    isFault: t.exposeBoolean("isFault", { description: "Whether it was in no frame." }),
    frame: t.int({
      description: "The frame that it is in now, from 0.",
      resolve: ({ reference, frames }) => frames.indexOf(reference),
    }),
    victim: t.exposeString("victim", { nullable: true, description: "The page that had to leave; null: none." }),
    frames: t.field({
      type: t.listRef("String", { nullable: true }),
      description: "By frame: its page, null while it is empty. A page stays in its frame until it leaves.",
      resolve: ({ frames }) => [...frames],
    }),
  }),
});

const ReplacementGridRef = builder.objectRef<ReferenceGrid>("ReplacementGrid").implement({
  description: "The textbook's table of one algorithm with one number of frames: a column for each reference.",
  fields: (t) => ({
    algorithm: t.exposeString("policy", { description: "The algorithm, with the parameters that are not the default." }),
    frames: t.exposeInt("frames", { description: "Frames, empty at the start." }),
    faults: t.exposeInt("faults", { description: "References that found no frame." }),
    hits: t.int({ description: "The other references.", resolve: ({ steps, faults }) => steps.length - faults }),
    steps: t.field({
      type: [GridStepRef],
      description: "By reference.",
      extensions: { items: USUAL_STEPS },
      resolve: ({ steps }) => [...steps],
    }),
  }),
});

builder.queryField("replacementGrid", (t) =>
  t.field({
    type: [ReplacementGridRef],
    description:
      "Steps through a reference string under replacement algorithms: a table for each algorithm and number of frames, in this order.",
    extensions: { cost: GRID_COST },
    args: {
      references: t.arg.stringList({
        required: true,
        description: `Pages in the order of their references: any texts, 1 to ${MAX_REFERENCES} (included).`,
      }),
      frames: t.arg.intList({ required: true, description: `Numbers of frames, each 1 to ${MAX_FRAMES} (included).` }),
      algorithms: t.arg.stringList({
        required: true,
        defaultValue: ["fifo", "lru", "opt"],
        description: `Each as name or name:parameter=value: ${CACHE_ALGORITHM_NAMES.join(", ")}.`,
      }),
      seed: t.arg({ type: "BigInt", required: true, defaultValue: 1, description: "Of random replacement." }),
    },
    resolve: (_root, { references, frames, algorithms, seed }) => {
      const choices = parseAlgorithmChoices(algorithms.join(","));
      requireWithin("references", references.length, MAX_REFERENCES);
      for (const count of frames) requireWithin("frames", count, MAX_FRAMES);
      requireWithin("tables (algorithms times numbers of frames)", choices.length * frames.length, MAX_GRIDS);
      return choices.flatMap((choice) => frames.map((count) => referenceGrid(references, choice, count, seed)));
    },
  }),
);

function requireWithin(what: string, found: number, max: number): void {
  if (found >= 1 && found <= max) return;
  throw new BallastError("INPUT_INVALID", `${found} ${what} were asked for: give 1 to ${max}.`);
}
