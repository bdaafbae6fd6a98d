// Made of grid.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type GridsQueryVariables = Exact<{
  references: ReadonlyArray<string> | string;
  frames: ReadonlyArray<number> | number;
  algorithms: ReadonlyArray<string> | string;
  seed: string;
}>;


export type GridsQuery = { readonly replacementGrid: ReadonlyArray<{ readonly algorithm: string, readonly frames: number, readonly faults: number, readonly hits: number, readonly steps: ReadonlyArray<{ readonly reference: string, readonly isFault: boolean, readonly frame: number, readonly victim: string | null, readonly frames: ReadonlyArray<string | null> }> }> };

export type AlgorithmsQueryVariables = Exact<{ [key: string]: never; }>;


export type AlgorithmsQuery = { readonly replacementAlgorithms: ReadonlyArray<{ readonly name: string, readonly title: string, readonly victim: string }> };

export const Grids: Document<GridsQuery, GridsQueryVariables> = { name: "Grids", operation: "query", text: "query Grids($references: [String!]!, $frames: [Int!]!, $algorithms: [String!]!, $seed: BigInt!) {\n  replacementGrid(\n    references: $references\n    frames: $frames\n    algorithms: $algorithms\n    seed: $seed\n  ) {\n    algorithm\n    frames\n    faults\n    hits\n    steps {\n      reference\n      isFault\n      frame\n      victim\n      frames\n    }\n  }\n}" };

export const Algorithms: Document<AlgorithmsQuery, AlgorithmsQueryVariables> = { name: "Algorithms", operation: "query", text: "query Algorithms {\n  replacementAlgorithms {\n    name\n    title\n    victim\n  }\n}" };
