// Made of page-now.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Where the content of a page is. */
export type ContentPlace =
  /** In the compression cache: the hypervisor stole the page, and it compressed well enough to stay in memory. */
  | 'COMPRESSION_CACHE'
  /** In a frame: the access needs no one's help. */
  | 'FRAME'
  /** On the guest's own disk: the guest paged it out, or it is a page of a file not read yet, or the hypervisor knows it there. */
  | 'GUEST_DISK'
  /** In the host's swap: the hypervisor stole the page. */
  | 'HOST_SWAP'
  /** Nowhere: the page has never been written, so that it is all zeros. */
  | 'NOWHERE'
  /** In the host's swap, and read ahead from there: a frame of the hypervisor holds it, too. */
  | 'SWAP_CACHE';

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

/** How a translation ends. */
export type TranslationOutcome =
  /** Every entry is there: the access goes to the frame. */
  | 'HIT'
  /** The real map table has no entry: the host fault. */
  | 'HOST_FAULT'
  /** The guest page table has no entry: the guest fault. */
  | 'PAGE_MISS';

export type RealPageNowQueryVariables = Exact<{
  run: string;
  at: string;
  vm: number;
  realPage: number;
}>;


export type RealPageNowQuery = { readonly run: { readonly at: { readonly realPage: { readonly description: string, readonly use: RealUse, readonly physicalPage: number | null, readonly process: number | null, readonly virtualPage: number | null, readonly virtualPageName: string | null } } } | null };

export type FrameNowQueryVariables = Exact<{
  run: string;
  at: string;
  physicalPage: number;
}>;


export type FrameNowQuery = { readonly run: { readonly at: { readonly frame: { readonly owner: FrameOwner, readonly vm: number | null, readonly realPage: number | null, readonly isZeroed: boolean, readonly sharers: number, readonly virtualPageName: string | null } } } | null };

export type VirtualPageNowQueryVariables = Exact<{
  run: string;
  at: string;
  vm: number;
  process: number;
  virtualPage: number;
}>;


export type VirtualPageNowQuery = { readonly run: { readonly at: { readonly translate: { readonly outcome: TranslationOutcome, readonly contentPlace: ContentPlace, readonly realPage: number | null, readonly physicalPage: number | null, readonly virtualPageName: string | null } } } | null };

export const RealPageNow: Document<RealPageNowQuery, RealPageNowQueryVariables> = { name: "RealPageNow", operation: "query", text: "query RealPageNow($run: ID!, $at: BigInt!, $vm: Int!, $realPage: Int!) {\n  run(id: $run) {\n    at(at: { position: $at }) {\n      realPage(vm: $vm, realPage: $realPage) {\n        description\n        use\n        physicalPage\n        process\n        virtualPage\n        virtualPageName\n      }\n    }\n  }\n}" };

export const FrameNow: Document<FrameNowQuery, FrameNowQueryVariables> = { name: "FrameNow", operation: "query", text: "query FrameNow($run: ID!, $at: BigInt!, $physicalPage: Int!) {\n  run(id: $run) {\n    at(at: { position: $at }) {\n      frame(physicalPage: $physicalPage) {\n        owner\n        vm\n        realPage\n        isZeroed\n        sharers\n        virtualPageName\n      }\n    }\n  }\n}" };

export const VirtualPageNow: Document<VirtualPageNowQuery, VirtualPageNowQueryVariables> = { name: "VirtualPageNow", operation: "query", text: "query VirtualPageNow($run: ID!, $at: BigInt!, $vm: Int!, $process: Int!, $virtualPage: Int!) {\n  run(id: $run) {\n    at(at: { position: $at }) {\n      translate(vm: $vm, process: $process, virtualPage: $virtualPage) {\n        outcome\n        contentPlace\n        realPage\n        physicalPage\n        virtualPageName\n      }\n    }\n  }\n}" };
