// Made of timeline.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** What a policy asks for. */
export type DecisionKind =
  /** That a suspended VM run again. */
  | 'RESUME_VM'
  /** That a VM's balloon grow or shrink to a size. */
  | 'SET_BALLOON_TARGET'
  /** That a guest report free pages, or not. */
  | 'SET_FREE_PAGE_REPORTING'
  /** That a VM hold at most a number of frames. */
  | 'SET_MEMORY_LIMIT'
  /** That the sharing scanner look at a number of pages. */
  | 'SHARE_PAGES'
  /** That the hypervisor take pages of a VM. */
  | 'STEAL_PAGES'
  /** That a VM not run for now. */
  | 'SUSPEND_VM';

/** How short of free memory the host is. */
export type MemoryState =
  /** Of vSphere 6: less than minFree, and only sharing is in order. */
  | 'CLEAR'
  /** Below the second threshold: pages have to be stolen. */
  | 'HARD'
  /** Enough free memory: nothing has to be reclaimed. */
  | 'HIGH'
  /** Below the last threshold: hardly any free frame is left. */
  | 'LOW'
  /** Below the first threshold: ballooning is in order. */
  | 'SOFT';

export type MemoryMarksQueryVariables = Exact<{
  run: string;
}>;


export type MemoryMarksQuery = { readonly run: { readonly scenario: { readonly memoryMarks: ReadonlyArray<{ readonly state: MemoryState, readonly freePages: number }> } } | null };

export type HostSeriesQueryVariables = Exact<{
  run: string;
  fromNs: string;
  toNs: string;
  points: number;
}>;


export type HostSeriesQuery = { readonly run: { readonly freePages: { readonly packed: string }, readonly memoryState: { readonly packed: string } } | null };

export type VmSeriesQueryVariables = Exact<{
  run: string;
  vm: number;
  fromNs: string;
  toNs: string;
  points: number;
}>;


export type VmSeriesQuery = { readonly run: { readonly faults: { readonly packed: string }, readonly balloonSize: { readonly packed: string }, readonly balloonTarget: { readonly packed: string } } | null };

export type TimelineDecisionsQueryVariables = Exact<{
  run: string;
  after?: string | null | undefined;
}>;


export type TimelineDecisionsQuery = { readonly run: { readonly decisions: { readonly nodes: ReadonlyArray<{ readonly position: string, readonly timeNs: string, readonly vm: number | null, readonly kind: DecisionKind, readonly reason: string, readonly requestedPages: string }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type PositionAtTimeQueryVariables = Exact<{
  run: string;
  timeNs: string;
}>;


export type PositionAtTimeQuery = { readonly run: { readonly at: { readonly position: string, readonly timeNs: string } } | null };

export type TimesOfPositionsQueryVariables = Exact<{
  run: string;
  a: string;
  b: string;
  c: string;
  d: string;
  e: string;
  f: string;
  g: string;
}>;


export type TimesOfPositionsQuery = { readonly run: { readonly a: { readonly timeNs: string }, readonly b: { readonly timeNs: string }, readonly c: { readonly timeNs: string }, readonly d: { readonly timeNs: string }, readonly e: { readonly timeNs: string }, readonly f: { readonly timeNs: string }, readonly g: { readonly timeNs: string } } | null };

export type VmPagesQueryVariables = Exact<{
  run: string;
}>;


export type VmPagesQuery = { readonly run: { readonly summary: { readonly vms: ReadonlyArray<{ readonly vm: number, readonly configuredPages: number }> } | null } | null };

export type VmFaultsQueryVariables = Exact<{
  run: string;
}>;


export type VmFaultsQuery = { readonly run: { readonly summary: { readonly vms: ReadonlyArray<{ readonly vm: number, readonly metrics: ReadonlyArray<{ readonly name: string, readonly value: string | null }> }> } | null } | null };

export const MemoryMarks: Document<MemoryMarksQuery, MemoryMarksQueryVariables> = { name: "MemoryMarks", operation: "query", text: "query MemoryMarks($run: ID!) {\n  run(id: $run) {\n    scenario {\n      memoryMarks {\n        state\n        freePages\n      }\n    }\n  }\n}" };

export const HostSeries: Document<HostSeriesQuery, HostSeriesQueryVariables> = { name: "HostSeries", operation: "query", text: "query HostSeries($run: ID!, $fromNs: BigInt!, $toNs: BigInt!, $points: Int!) {\n  run(id: $run) {\n    freePages: series(\n      metric: FREE_PAGES\n      fromNs: $fromNs\n      toNs: $toNs\n      points: $points\n    ) {\n      packed\n    }\n    memoryState: series(\n      metric: MEMORY_STATE\n      fromNs: $fromNs\n      toNs: $toNs\n      points: $points\n    ) {\n      packed\n    }\n  }\n}" };

export const VmSeries: Document<VmSeriesQuery, VmSeriesQueryVariables> = { name: "VmSeries", operation: "query", text: "query VmSeries($run: ID!, $vm: Int!, $fromNs: BigInt!, $toNs: BigInt!, $points: Int!) {\n  run(id: $run) {\n    faults: series(\n      metric: FAULTS\n      vm: $vm\n      fromNs: $fromNs\n      toNs: $toNs\n      points: $points\n    ) {\n      packed\n    }\n    balloonSize: series(\n      metric: BALLOON_SIZE_PAGES\n      vm: $vm\n      fromNs: $fromNs\n      toNs: $toNs\n      points: $points\n    ) {\n      packed\n    }\n    balloonTarget: series(\n      metric: BALLOON_TARGET_PAGES\n      vm: $vm\n      fromNs: $fromNs\n      toNs: $toNs\n      points: $points\n    ) {\n      packed\n    }\n  }\n}" };

export const TimelineDecisions: Document<TimelineDecisionsQuery, TimelineDecisionsQueryVariables> = { name: "TimelineDecisions", operation: "query", text: "query TimelineDecisions($run: ID!, $after: String) {\n  run(id: $run) {\n    decisions(first: 1000, after: $after) {\n      nodes {\n        position\n        timeNs\n        vm\n        kind\n        reason\n        requestedPages\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}" };

export const PositionAtTime: Document<PositionAtTimeQuery, PositionAtTimeQueryVariables> = { name: "PositionAtTime", operation: "query", text: "query PositionAtTime($run: ID!, $timeNs: BigInt!) {\n  run(id: $run) {\n    at(at: { timeNs: $timeNs }) {\n      position\n      timeNs\n    }\n  }\n}" };

export const TimesOfPositions: Document<TimesOfPositionsQuery, TimesOfPositionsQueryVariables> = { name: "TimesOfPositions", operation: "query", text: "query TimesOfPositions($run: ID!, $a: BigInt!, $b: BigInt!, $c: BigInt!, $d: BigInt!, $e: BigInt!, $f: BigInt!, $g: BigInt!) {\n  run(id: $run) {\n    a: at(at: { position: $a }) {\n      timeNs\n    }\n    b: at(at: { position: $b }) {\n      timeNs\n    }\n    c: at(at: { position: $c }) {\n      timeNs\n    }\n    d: at(at: { position: $d }) {\n      timeNs\n    }\n    e: at(at: { position: $e }) {\n      timeNs\n    }\n    f: at(at: { position: $f }) {\n      timeNs\n    }\n    g: at(at: { position: $g }) {\n      timeNs\n    }\n  }\n}" };

export const VmPages: Document<VmPagesQuery, VmPagesQueryVariables> = { name: "VmPages", operation: "query", text: "query VmPages($run: ID!) {\n  run(id: $run) {\n    summary {\n      vms {\n        vm\n        configuredPages\n      }\n    }\n  }\n}" };

export const VmFaults: Document<VmFaultsQuery, VmFaultsQueryVariables> = { name: "VmFaults", operation: "query", text: "query VmFaults($run: ID!) {\n  run(id: $run) {\n    summary {\n      vms {\n        vm\n        metrics {\n          name\n          value\n        }\n      }\n    }\n  }\n}" };
