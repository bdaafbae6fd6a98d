// Made of virtual-pages.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type VirtualPagesQueryVariables = Exact<{
  run: string;
  position: string;
}>;


export type VirtualPagesQuery = { readonly run: { readonly at: { readonly vms: ReadonlyArray<{ readonly vm: number, readonly processes: ReadonlyArray<{ readonly process: number, readonly name: string, readonly virtualPages: number, readonly pageTable: { readonly nodes: ReadonlyArray<{ readonly virtualPage: number, readonly realPage: number | null, readonly virtualPageName: string | null }> } }> }> } } | null };

export const VirtualPages: Document<VirtualPagesQuery, VirtualPagesQueryVariables> = { name: "VirtualPages", operation: "query", text: "query VirtualPages($run: ID!, $position: BigInt!) {\n  run(id: $run) {\n    at(at: { position: $position }) {\n      vms {\n        vm\n        processes {\n          process\n          name\n          virtualPages\n          pageTable(first: 64) {\n            nodes {\n              virtualPage\n              realPage\n              virtualPageName\n            }\n          }\n        }\n      }\n    }\n  }\n}" };
