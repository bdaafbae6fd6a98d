// Made of grid-table.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Whose a frame is. */
export type FrameOwner =
  /** It has no owner. */
  | 'FREE'
  /** The hypervisor's own. */
  | 'HYPERVISOR'
  /** It stands behind real pages of equal content, of one VM or several. */
  | 'SHARED'
  /** It stands behind a real page of a VM. */
  | 'VM';

/** What a guest operating system uses a real page for. */
export type RealUse =
  /** The balloon driver holds it, so that no process may use it. */
  | 'BALLOON'
  /** For nothing. */
  | 'FREE'
  /** The guest's kernel keeps it. */
  | 'KERNEL'
  /** It stands behind a virtual page of a process. */
  | 'PROCESS';

export type FrameTableQueryVariables = Exact<{
  run: string;
  position: string;
  firstPage: number;
  endPage: number;
}>;


export type FrameTableQuery = { readonly run: { readonly at: { readonly frames: { readonly nodes: ReadonlyArray<{ readonly physicalPage: number, readonly owner: FrameOwner, readonly vm: number | null, readonly realPage: number | null, readonly isZeroed: boolean, readonly sharers: number, readonly virtualPageName: string | null }> } } } | null };

export type RealPageTableQueryVariables = Exact<{
  run: string;
  position: string;
  vm: number;
  firstPage: number;
  endPage: number;
}>;


export type RealPageTableQuery = { readonly run: { readonly at: { readonly vm: { readonly realMapTable: { readonly nodes: ReadonlyArray<{ readonly realPage: number, readonly use: RealUse, readonly description: string, readonly physicalPage: number | null, readonly process: number | null, readonly virtualPage: number | null, readonly virtualPageName: string | null }> } } | null } } | null };

export const FrameTable: Document<FrameTableQuery, FrameTableQueryVariables> = { name: "FrameTable", operation: "query", text: "query FrameTable($run: ID!, $position: BigInt!, $firstPage: Int!, $endPage: Int!) {\n  run(id: $run) {\n    at(at: { position: $position }) {\n      frames(first: 200, firstPage: $firstPage, endPage: $endPage) {\n        nodes {\n          physicalPage\n          owner\n          vm\n          realPage\n          isZeroed\n          sharers\n          virtualPageName\n        }\n      }\n    }\n  }\n}" };

export const RealPageTable: Document<RealPageTableQuery, RealPageTableQueryVariables> = { name: "RealPageTable", operation: "query", text: "query RealPageTable($run: ID!, $position: BigInt!, $vm: Int!, $firstPage: Int!, $endPage: Int!) {\n  run(id: $run) {\n    at(at: { position: $position }) {\n      vm(vm: $vm) {\n        realMapTable(first: 200, firstPage: $firstPage, endPage: $endPage) {\n          nodes {\n            realPage\n            use\n            description\n            physicalPage\n            process\n            virtualPage\n            virtualPageName\n          }\n        }\n      }\n    }\n  }\n}" };
