// Made of page-card.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type LastFrameEventQueryVariables = Exact<{
  run: string;
  position: string;
  frame: number;
}>;


export type LastFrameEventQuery = { readonly run: { readonly frameHistory: { readonly nodes: ReadonlyArray<{ readonly position: string, readonly timeNs: string, readonly text: string }> } } | null };

export type LastRealPageEventQueryVariables = Exact<{
  run: string;
  position: string;
  vm: number;
  page: number;
}>;


export type LastRealPageEventQuery = { readonly run: { readonly pageHistory: { readonly nodes: ReadonlyArray<{ readonly position: string, readonly timeNs: string, readonly text: string }> } } | null };

export type FrameActivityQueryVariables = Exact<{
  run: string;
  position: string;
  frame: number;
}>;


export type FrameActivityQuery = { readonly run: { readonly at: { readonly frame: { readonly activity: { readonly idleNs: string | null, readonly isDirty: boolean } | null } } } | null };

export type RealPageActivityQueryVariables = Exact<{
  run: string;
  position: string;
  vm: number;
  page: number;
}>;


export type RealPageActivityQuery = { readonly run: { readonly at: { readonly realPage: { readonly activity: { readonly idleNs: string | null, readonly isDirty: boolean } } } } | null };

export const LastFrameEvent: Document<LastFrameEventQuery, LastFrameEventQueryVariables> = { name: "LastFrameEvent", operation: "query", text: "query LastFrameEvent($run: ID!, $position: BigInt!, $frame: Int!) {\n  run(id: $run) {\n    frameHistory(\n      physicalPage: $frame\n      first: 1\n      toPosition: $position\n      direction: DESCENDING\n    ) {\n      nodes {\n        position\n        timeNs\n        text\n      }\n    }\n  }\n}" };

export const LastRealPageEvent: Document<LastRealPageEventQuery, LastRealPageEventQueryVariables> = { name: "LastRealPageEvent", operation: "query", text: "query LastRealPageEvent($run: ID!, $position: BigInt!, $vm: Int!, $page: Int!) {\n  run(id: $run) {\n    pageHistory(\n      vm: $vm\n      realPage: $page\n      first: 1\n      toPosition: $position\n      direction: DESCENDING\n    ) {\n      nodes {\n        position\n        timeNs\n        text\n      }\n    }\n  }\n}" };

export const FrameActivity: Document<FrameActivityQuery, FrameActivityQueryVariables> = { name: "FrameActivity", operation: "query", text: "query FrameActivity($run: ID!, $position: BigInt!, $frame: Int!) {\n  run(id: $run) {\n    at(at: { position: $position }) {\n      frame(physicalPage: $frame) {\n        activity {\n          idleNs\n          isDirty\n        }\n      }\n    }\n  }\n}" };

export const RealPageActivity: Document<RealPageActivityQuery, RealPageActivityQueryVariables> = { name: "RealPageActivity", operation: "query", text: "query RealPageActivity($run: ID!, $position: BigInt!, $vm: Int!, $page: Int!) {\n  run(id: $run) {\n    at(at: { position: $position }) {\n      realPage(vm: $vm, realPage: $page) {\n        activity {\n          idleNs\n          isDirty\n        }\n      }\n    }\n  }\n}" };
