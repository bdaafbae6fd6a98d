// Made of cell-names.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type CellNamesQueryVariables = Exact<{
  run: string;
  position: string;
}>;


export type CellNamesQuery = { readonly run: { readonly at: { readonly frames: { readonly nodes: ReadonlyArray<{ readonly physicalPage: number, readonly virtualPageName: string | null }> }, readonly vms: ReadonlyArray<{ readonly vm: number, readonly realMapTable: { readonly nodes: ReadonlyArray<{ readonly realPage: number, readonly virtualPageName: string | null }> } }> } } | null };

export const CellNames: Document<CellNamesQuery, CellNamesQueryVariables> = { name: "CellNames", operation: "query", text: "query CellNames($run: ID!, $position: BigInt!) {\n  run(id: $run) {\n    at(at: { position: $position }) {\n      frames(first: 256) {\n        nodes {\n          physicalPage\n          virtualPageName\n        }\n      }\n      vms {\n        vm\n        realMapTable(first: 256) {\n          nodes {\n            realPage\n            virtualPageName\n          }\n        }\n      }\n    }\n  }\n}" };
