// Made of newest-vms.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** What untouched pages of a process are. */
export type Backing =
  /** Zeros. */
  | 'ANONYMOUS'
  /** Pages of a file, in the guest's page cache: this is a file and not a process. */
  | 'CACHE'
  /** Pages of a file on the guest's disk. */
  | 'FILE';

/** Where a VM is in its life. */
export type VmLife =
  /** Accepted by admission control, not switched on yet. */
  | 'ADMITTED'
  /** Every process has done its work; the VM stays on, idle. */
  | 'FINISHED'
  /** Not admitted: it did not fit. */
  | 'REFUSED'
  /** Switched on and at work. */
  | 'RUNNING'
  /** Switched off before the run's end; its frames are free again. `endCause` says why. */
  | 'TERMINATED';

export type NewestVmsQueryVariables = Exact<{
  run: string;
  position: string;
}>;


export type NewestVmsQuery = { readonly run: { readonly at: { readonly position: string, readonly vms: ReadonlyArray<{ readonly vm: number, readonly name: string, readonly life: VmLife, readonly configuredPages: number, readonly residentPages: number, readonly balloonTargetPages: number, readonly balloonSizePages: number, readonly processes: ReadonlyArray<{ readonly process: number, readonly name: string, readonly virtualPages: number, readonly backing: Backing }> }> } } | null };

export type FrameContentQueryVariables = Exact<{
  run: string;
  position: string;
  physicalPage: number;
}>;


export type FrameContentQuery = { readonly run: { readonly at: { readonly frame: { readonly vm: number | null, readonly realPage: number | null } } } | null };

export const NewestVms: Document<NewestVmsQuery, NewestVmsQueryVariables> = { name: "NewestVms", operation: "query", text: "query NewestVms($run: ID!, $position: BigInt!) {\n  run(id: $run) {\n    at(at: { position: $position }) {\n      position\n      vms {\n        vm\n        name\n        life\n        configuredPages\n        residentPages\n        balloonTargetPages\n        balloonSizePages\n        processes {\n          process\n          name\n          virtualPages\n          backing\n        }\n      }\n    }\n  }\n}" };

export const FrameContent: Document<FrameContentQuery, FrameContentQueryVariables> = { name: "FrameContent", operation: "query", text: "query FrameContent($run: ID!, $position: BigInt!, $physicalPage: Int!) {\n  run(id: $run) {\n    at(at: { position: $position }) {\n      frame(physicalPage: $physicalPage) {\n        vm\n        realPage\n      }\n    }\n  }\n}" };
