// Made of page-links.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
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

export type FrameLinkQueryVariables = Exact<{
  run: string;
  position: string;
  frame: number;
}>;


export type FrameLinkQuery = { readonly run: { readonly at: { readonly frame: { readonly owner: FrameOwner, readonly vm: number | null, readonly realPage: number | null, readonly isZeroed: boolean, readonly sharers: number, readonly virtualPageName: string | null }, readonly sharers: ReadonlyArray<{ readonly vm: number, readonly realPage: number }> } } | null };

export type RealPageLinkQueryVariables = Exact<{
  run: string;
  position: string;
  vm: number;
  page: number;
}>;


export type RealPageLinkQuery = { readonly run: { readonly at: { readonly realPage: { readonly description: string, readonly use: RealUse, readonly physicalPage: number | null, readonly process: number | null, readonly virtualPage: number | null, readonly virtualPageName: string | null } } } | null };

export type VirtualPageLinkQueryVariables = Exact<{
  run: string;
  position: string;
  vm: number;
  process: number;
  page: number;
}>;


export type VirtualPageLinkQuery = { readonly run: { readonly at: { readonly translate: { readonly realPage: number | null, readonly physicalPage: number | null, readonly virtualPageName: string | null } } } | null };

export const FrameLink: Document<FrameLinkQuery, FrameLinkQueryVariables> = { name: "FrameLink", operation: "query", text: "query FrameLink($run: ID!, $position: BigInt!, $frame: Int!) {\n  run(id: $run) {\n    at(at: { position: $position }) {\n      frame(physicalPage: $frame) {\n        owner\n        vm\n        realPage\n        isZeroed\n        sharers\n        virtualPageName\n      }\n      sharers(physicalPage: $frame, first: 50) {\n        vm\n        realPage\n      }\n    }\n  }\n}" };

export const RealPageLink: Document<RealPageLinkQuery, RealPageLinkQueryVariables> = { name: "RealPageLink", operation: "query", text: "query RealPageLink($run: ID!, $position: BigInt!, $vm: Int!, $page: Int!) {\n  run(id: $run) {\n    at(at: { position: $position }) {\n      realPage(vm: $vm, realPage: $page) {\n        description\n        use\n        physicalPage\n        process\n        virtualPage\n        virtualPageName\n      }\n    }\n  }\n}" };

export const VirtualPageLink: Document<VirtualPageLinkQuery, VirtualPageLinkQueryVariables> = { name: "VirtualPageLink", operation: "query", text: "query VirtualPageLink($run: ID!, $position: BigInt!, $vm: Int!, $process: Int!, $page: Int!) {\n  run(id: $run) {\n    at(at: { position: $position }) {\n      translate(vm: $vm, process: $process, virtualPage: $page) {\n        realPage\n        physicalPage\n        virtualPageName\n      }\n    }\n  }\n}" };
