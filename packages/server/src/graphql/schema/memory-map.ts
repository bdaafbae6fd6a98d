import type { MemoryMap } from "../../api/moment/memory-map.ts";
import { MAX_MAP_CELLS } from "../../api/moment/memory-map.ts";
import { builder } from "./builder.ts";

const LegendRef = builder.objectRef<MemoryMap["legend"][number]>("MemoryMapLegend").implement({
  description: "What one of a map's numbers means.",
  fields: (t) => ({
    value: t.exposeInt("value", { description: "The number." }),
    description: t.exposeString("description", { description: "What the pages of such a cell are." }),
    vm: t.exposeInt("vm", { nullable: true, description: "The VM that owns them, if it is about one." }),
  }),
});

export const MemoryMapRef = builder.objectRef<MemoryMap>("MemoryMap").implement({
  description: "A picture of memory, packed: one number per cell, in runs of equal ones.",
  fields: (t) => ({
    pages: t.exposeInt("pages", { description: "Pages that the map shows." }),
    pagesPerCell: t.exposeInt("pagesPerCell", {
      description: "Pages behind each cell (the last may have fewer). Above 1, a cell shows what most of its pages are.",
    }),
    cells: t.exposeInt("cells", { description: "Number of cells." }),
    legend: t.field({ type: [LegendRef], description: "What the numbers mean.", resolve: (map) => map.legend }),
    runs: t.exposeString("runs", {
      description: "Base64 of pairs (value, number of cells), each number as unsigned LEB128 (seven bits a byte, lowest first).",
    }),
  }),
});

/** Every page is looked at. */
export const MAP_COST = 200;

export const mapArgs = builder.args((t) => ({
  maxCells: t.int({
    required: true,
    defaultValue: 4096,
    description: `Most cells of the map, 1 to ${MAX_MAP_CELLS} (included).`,
  }),
}));
