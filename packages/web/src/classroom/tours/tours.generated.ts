// Made of tours.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Every code an error can have, in `Failure.code` or in `extensions.code`. A code is stable. */
export type ErrorCode =
  /** The answer to a GraphQL document takes more bytes than the limit. */
  | 'ANSWER_TOO_LARGE'
  /** The file of a backup cannot be read or written, or exists already. */
  | 'BACKUP_FILE'
  /** A file is no whole backup of Ballast: foreign, damaged, cut short, or of a newer version; the place is given. */
  | 'BACKUP_INVALID'
  /** The body of a request is not JSON of the form that GraphQL over HTTP asks for. */
  | 'BODY_INVALID'
  /** The body of a request is larger than the limit. */
  | 'BODY_TOO_LARGE'
  /** A command to a running simulation cannot be carried out. */
  | 'COMMAND_INVALID'
  /** A cursor is not one of this run. */
  | 'CURSOR_INVALID'
  /** Postgres has no connection left. */
  | 'DATABASE_BUSY'
  /** The database does not store text as UTF-8. */
  | 'DATABASE_ENCODING'
  /** Postgres has no space left. */
  | 'DATABASE_FULL'
  /** Postgres refuses the login: password, role, pg_hba.conf or client certificate. */
  | 'DATABASE_LOGIN_REFUSED'
  /** The database was migrated by a newer Ballast. */
  | 'DATABASE_NEWER'
  /** Postgres has no database of that name. */
  | 'DATABASE_NOT_FOUND'
  /** Postgres takes no changes: it is a standby, or the role or database is read-only. */
  | 'DATABASE_READ_ONLY'
  /** The role may not do in the database what Ballast needs, such as create tables. */
  | 'DATABASE_RIGHT_MISSING'
  /** The embedded Postgres cannot be started on its data folder. */
  | 'DATABASE_START_FAILED'
  /** An encrypted connection to Postgres was asked for and fails: the server has no TLS, or its certificate is not accepted. */
  | 'DATABASE_TLS_FAILED'
  /** Postgres is older than the oldest version supported. */
  | 'DATABASE_TOO_OLD'
  /** Postgres cannot be reached, takes no connections now, or the connection broke; or what listens there is none. */
  | 'DATABASE_UNREACHABLE'
  /** The run keeps only its figures: its events were not stored. */
  | 'EVENTS_NOT_KEPT'
  /** The Expect header of a request asks for something else than 100-continue. */
  | 'EXPECTATION_UNSUPPORTED'
  /** No experiment has that id. */
  | 'EXPERIMENT_NOT_FOUND'
  /** The headers of a request are larger than the limit. */
  | 'HEADERS_TOO_LARGE'
  /** The run's head is not where the writer thinks it is. */
  | 'HEAD_MOVED'
  /** Something stored is not what was written (the positions that it touches are given): it is missing, or does not match its checksum or digest, or holds numbers that this version of Ballast does not know. */
  | 'HISTORY_DAMAGED'
  /** The Host header names another machine: a web page may be pretending that this server is its own. */
  | 'HOST_REFUSED'
  /** The idempotency key was used before with another input. */
  | 'IDEMPOTENCY_CONFLICT'
  /** An argument has a wrong value. */
  | 'INPUT_INVALID'
  /** Something that should not happen; it is logged with the request's id. */
  | 'INTERNAL'
  /** Another executor holds the run's lease. */
  | 'LEASE_LOST'
  /** A list was asked for more items than one page may hold. */
  | 'LIST_TOO_LARGE'
  /** The body of a request is not application/json in UTF-8, as it is. */
  | 'MEDIA_TYPE_UNSUPPORTED'
  /** A run would need more memory than the server allows one; both amounts are given. */
  | 'MEMORY_EXCEEDED'
  /** The address does not answer to this HTTP method. */
  | 'METHOD_NOT_ALLOWED'
  /** The client accepts none of the forms in which the answer can be given. */
  | 'NOT_ACCEPTABLE'
  /** There is nothing at that address. */
  | 'NOT_FOUND'
  /** A web page of another origin may not use this server. */
  | 'ORIGIN_REFUSED'
  /** A policy asked for something that does not exist or that it did not declare, or returned what is no data; its run has failed. */
  | 'POLICY_DECISION_INVALID'
  /** The process of a policy ended by itself, or could not be started; its run has failed. */
  | 'POLICY_ENDED'
  /** A policy took more memory than its limit; its run has failed. */
  | 'POLICY_MEMORY'
  /** No installed policy has that name. */
  | 'POLICY_NOT_FOUND'
  /** A configured policy package cannot be loaded or does not keep the plug-in interface. */
  | 'POLICY_PACKAGE_INVALID'
  /** A policy parameter has the wrong type, is out of its range, or is unknown. */
  | 'POLICY_PARAMETER_INVALID'
  /** A policy threw an error; its run has failed. */
  | 'POLICY_THREW'
  /** A policy took longer than its time limit; its run has failed. */
  | 'POLICY_TIMEOUT'
  /** The port is used by another program. */
  | 'PORT_TAKEN'
  /** The position or time lies outside of the run's history. */
  | 'POSITION_OUT_OF_RANGE'
  /** psql is not installed, or not on PATH. */
  | 'PSQL_MISSING'
  /** A GraphQL document cannot be parsed, or does not fit the schema. */
  | 'QUERY_INVALID'
  /** A GraphQL document nests deeper than the limit. */
  | 'QUERY_TOO_DEEP'
  /** A GraphQL document costs more than the limit. */
  | 'QUERY_TOO_EXPENSIVE'
  /** A GraphQL document has more tokens than the limit. */
  | 'QUERY_TOO_LARGE'
  /** A reader of events did not take what it was sent, and was ended; it can continue after its cursor. */
  | 'READER_TOO_SLOW'
  /** A simulated figure is further from the published or derived one than its tolerance allows. */
  | 'REPRODUCTION_DIFFERS'
  /** The bytes of a request are no HTTP request, or its address is none. */
  | 'REQUEST_INVALID'
  /** A re-execution did not give the events that are stored. */
  | 'RUN_DIVERGED'
  /** A run of the backup exists in the database already. */
  | 'RUN_EXISTS'
  /** The run has failed; the reason is in the message. */
  | 'RUN_FAILED'
  /** No run has that id. */
  | 'RUN_NOT_FOUND'
  /** The run is not in a state that allows this. */
  | 'RUN_STATE'
  /** A scenario has problems; each is listed with its path, what was found and what is allowed. */
  | 'SCENARIO_INVALID'
  /** No scenario has that name. */
  | 'SCENARIO_NOT_FOUND'
  /** The token that was given does not allow what was asked for. */
  | 'SCOPE_MISSING'
  /** The server has as many connections, or as much of unfinished requests, as it may: ask again later. */
  | 'SERVER_BUSY'
  /** The server is shutting down; ask again once it is back. */
  | 'SERVER_CLOSING'
  /** The work took longer than its limit. */
  | 'TIMED_OUT'
  /** The server asks for a token, and the request has none or a wrong one. */
  | 'TOKEN_INVALID'
  /** A client has more operations under way than the limit; ask again once some of them have ended. */
  | 'TOO_MANY_OPERATIONS'
  /** A trace of that name exists already, with other content. */
  | 'TRACE_EXISTS'
  /** A trace cannot be read; file and line or byte are given. */
  | 'TRACE_INVALID'
  /** A trace is needed by runs and cannot be deleted. */
  | 'TRACE_IN_USE'
  /** No trace has that name. */
  | 'TRACE_NOT_FOUND'
  /** Another version of Ballast executes runs on the database. */
  | 'VERSION_DIFFERS';

/** The name of an event type. New ones may appear: treat an unknown one as an event that you do not show. */
export type EventTypeName =
  /** A sampling period of a VM ended: how many of the real pages chosen at random were touched in it. */
  | 'ACTIVE_SAMPLED'
  /** The hypervisor read and cleared the accessed bits of a VM's real map table, and pages left alone grew older. */
  | 'AGE_SCANNED'
  /** A guest's background reclaim has reached its high mark, or found nothing more to give up. */
  | 'BACKGROUND_RECLAIM_ENDED'
  /** So few pages of a guest are free that it begins to give up others in the background. */
  | 'BACKGROUND_RECLAIM_STARTED'
  /** The guest gave its balloon driver no further page; the driver tries again later. */
  | 'BALLOON_ALLOCATION_REFUSED'
  /** At one poll, or in one batch, the balloon shrank by this many pages. */
  | 'BALLOON_DEFLATED'
  /** A guest was about to run out of memory, so its balloon gave pages back, whatever the target. */
  | 'BALLOON_DEFLATED_ON_OOM'
  /** At one poll, or in one batch, the balloon grew by this many pages. */
  | 'BALLOON_INFLATED'
  /** The driver holds a real page that no process may use now. */
  | 'BALLOON_PAGE_PINNED'
  /** The driver gave a real page back to the guest; it has no frame until it is touched. */
  | 'BALLOON_PAGE_UNPINNED'
  /** A page in the balloon was touched by mistake: it leaves the balloon and gets a zeroed frame. */
  | 'BALLOON_POPPED'
  /** A balloon driver found a target other than its size. */
  | 'BALLOON_TARGET_LEARNED'
  /** The hypervisor set a VM's balloon target; the driver reads it at its next poll, or is notified immediately. */
  | 'BALLOON_TARGET_SET'
  /** A command from outside reached the simulation between two of its actions. */
  | 'COMMAND_ACCEPTED'
  /** The cache was full: the page that was compressed longest ago leaves it for the host's swap. */
  | 'COMPRESSED_PAGE_EVICTED'
  /** A compressed page is not needed any more: the VM gave the page up or ended. */
  | 'COMPRESSED_PAGE_FREED'
  /** The hypervisor took a frame for a VM's compression cache. */
  | 'COMPRESSION_CACHE_GROWN'
  /** A VM's compression cache gave a frame back; it is free and not yet zeroed. */
  | 'COMPRESSION_CACHE_SHRUNK'
  /** A decision could not be carried out in full. */
  | 'DECISION_CLAMPED'
  /** How long a device works, or requests queue, for all requests that it was given so far; at the sampling period, if it changed. VM 0: the host's swap device. */
  | 'DEVICE_SAMPLED'
  /** A process needed a page when no more than the guest's min mark was free: it gave one up itself, and waited. */
  | 'DIRECTLY_RECLAIMED'
  /** The guest fills with zeros a real page whose old content the hypervisor has just swapped in, for nothing. */
  | 'FALSE_SWAP_READ'
  /** A file can be read through the guest's page cache, whose pages of it have a table and a number as those of a process. */
  | 'FILE_OPENED'
  /** The request that read a missing page of a file has read these pages behind it too. */
  | 'FILE_READ_AHEAD'
  /** The hypervisor put a frame behind a real page in the real map table. */
  | 'FRAME_MAPPED'
  /** The frame behind a real page became a shared one: stores to it trap, and others may be backed by it too. */
  | 'FRAME_SHARED'
  /** A VM needed a frame when none was free; the policy was asked. */
  | 'FRAME_SHORTAGE'
  /** The hypervisor took a real map entry away; the frame is free and not yet zeroed. */
  | 'FRAME_UNMAPPED'
  /** The one page that a shared frame still backs is stored to: the frame is that page's own again, without a copy. */
  | 'FRAME_UNSHARED'
  /** A free frame was overwritten with zeros before this VM gets it. */
  | 'FRAME_ZEROED'
  /** A guest reported blocks of pages that it uses for nothing, and the hypervisor took their frames. */
  | 'FREE_PAGES_REPORTED'
  /** A guest OS has no real page left that it could give to the access. */
  | 'GUEST_OUT_OF_MEMORY'
  /** A real page without a frame was needed: the host fault. Minor if nothing of it is kept, major if it must be swapped in, compressed if it is in the compression cache, swap cache if it was read ahead from the host's swap. */
  | 'HOST_FAULTED'
  /** The host was switched on with this much memory, all of it free and zeroed. */
  | 'HOST_STARTED'
  /** The hypervisor read and cleared the accessed bits of a VM's real map table. */
  | 'IDLE_SCANNED'
  /** A process's file pages are those of an image: the common ones hold at first what every process of that image has there. */
  | 'IMAGE_ATTACHED'
  /** A guest OS keeps real pages for itself; they are never replaced. */
  | 'KERNEL_PAGES_PINNED'
  /** The hypervisor mapped 512 real pages to 512 contiguous frames with one entry of the real map table. */
  | 'LARGE_PAGE_MAPPED'
  /** The one entry of 512 real pages was replaced by 512 of their own; each keeps its frame. */
  | 'LARGE_PAGE_SHATTERED'
  /** A page left on the guest's disk is not needed any more: the VM gave it up, overwrites it whole, or ended. */
  | 'MAPPED_BLOCK_FORGOTTEN'
  /** From now on a VM may hold this many frames at most. */
  | 'MEMORY_LIMIT_SET'
  /** The host's free memory crossed a threshold. */
  | 'MEMORY_STATE_CHANGED'
  /** The hypervisor gave overhead frames back when a VM ended; they are free and not yet zeroed. */
  | 'OVERHEAD_RELEASED'
  /** The hypervisor took frames for its own use, on behalf of a VM or of the host. */
  | 'OVERHEAD_RESERVED'
  /** A stolen page compressed well enough to stay in memory, in the VM's compression cache. */
  | 'PAGE_COMPRESSED'
  /** A touched page left the compression cache; a frame follows. */
  | 'PAGE_DECOMPRESSED'
  /** The guest dropped a clean page: its disk has the same content, or it was never written. */
  | 'PAGE_DROPPED'
  /** An access found its page; recorded only if the scenario asks for hits. */
  | 'PAGE_HIT'
  /** The operating system put a real page behind a virtual page in the page table. */
  | 'PAGE_MAPPED'
  /** A page table had no valid entry: the guest fault. Major if the page must be read from the guest's disk. */
  | 'PAGE_MISSED'
  /** The guest read a page from its own disk. */
  | 'PAGE_PAGED_IN'
  /** The guest wrote a dirty page to its own disk. */
  | 'PAGE_PAGED_OUT'
  /** The hypervisor read a page that it had left on the guest's disk back from there. */
  | 'PAGE_READ_BY_MAPPER'
  /** A real page got a shared frame of equal content instead of its own, which is free and not yet zeroed. */
  | 'PAGE_SHARED'
  /** The hypervisor chose a page of a VM and takes it without the guest's help. */
  | 'PAGE_STOLEN'
  /** The hypervisor read a page back from the host's swap; the slot is free again. */
  | 'PAGE_SWAPPED_IN'
  /** The hypervisor wrote a page to the host's swap. */
  | 'PAGE_SWAPPED_OUT'
  /** The operating system took a page-table entry away; the real page is free in its VM. */
  | 'PAGE_UNMAPPED'
  /** The hypervisor does not write a stolen page to its swap: it knows the block of the guest's disk that holds the same. */
  | 'PAGE_UNMAPPED_BY_MAPPER'
  /** The policy asked for something, with its reason. */
  | 'POLICY_DECIDED'
  /** A figure that a decision rests on. */
  | 'POLICY_FIGURE_SEEN'
  /** A process has done all its work; it keeps its pages, unless it exits. */
  | 'PROCESS_FINISHED'
  /** A process was created with an empty page table. */
  | 'PROCESS_STARTED'
  /** A page came back so soon after its eviction that the guest counts it as part of the working set: it is active immediately. */
  | 'REFAULT_ACTIVATED'
  /** Why the VM was refused: the first resource that cannot give what it needs. Commitment is the sum of configured and overhead pages that may be admitted, memory and swap what is not reserved yet, frames those free now. */
  | 'RESOURCE_LACKED'
  /** The run reached its end. */
  | 'RUN_COMPLETED'
  /** The run cannot continue. */
  | 'RUN_FAILED'
  /** A run began with this scenario, policy and seed. */
  | 'RUN_STARTED'
  /** The value of a measure that other events do not give, at the sampling period. */
  | 'SAMPLED'
  /** A command of the scenario's script could not be carried out, because of what had become of its VM or process. */
  | 'SCRIPTED_COMMAND_SKIPPED'
  /** The hypervisor took a real map entry to a shared frame away; the frame is free, not yet zeroed, if it backs no other page. */
  | 'SHARED_FRAME_UNMAPPED'
  /** Copy-on-write: before a store, a page that others share was copied into a free frame, which is the page's own. */
  | 'SHARED_PAGE_COPIED'
  /** The hypervisor looked through pages of a VM for content that others have too. */
  | 'SHARING_SCANNED'
  /** What the hypervisor wrote to its swap just before, the guest's disk has too: the page is an unmodified copy of a block. */
  | 'SILENT_SWAP_WRITE'
  /** The guest reads its disk into a real page whose old content the hypervisor has just swapped in, for nothing. */
  | 'STALE_SWAP_READ'
  /** A touched page is in the swap cache; its frame leaves the cache for the page. */
  | 'SWAP_CACHE_HIT'
  /** A page left the swap cache untouched, for its frame or because it is not needed any more: it was read in vain. */
  | 'SWAP_CACHE_PAGE_DROPPED'
  /** The request that served a major host fault read pages around it ahead, too; each of them follows. */
  | 'SWAP_CLUSTER_READ'
  /** The pages of this VM that were swapped out just before, to places that follow each other, were written by one request. */
  | 'SWAP_CLUSTER_WRITTEN'
  /** A swapped page of this VM was read ahead into a free frame: it is in the swap cache, and keeps its slot. */
  | 'SWAP_PAGE_READ_AHEAD'
  /** A page's copy in the host's swap is not needed any more: the VM gave the page up or ended. */
  | 'SWAP_SLOT_FREED'
  /** Control passed from a VM to the hypervisor. */
  | 'TRAPPED'
  /** Admission control accepted a VM. */
  | 'VM_ADMITTED'
  /** Every process of a VM has done its work; the VM stays on, idle. */
  | 'VM_FINISHED'
  /** Admission control refused a VM: it does not fit. */
  | 'VM_REFUSED'
  /** A VM that was suspended was resumed, or ended. */
  | 'VM_RESUMED'
  /** A VM (or, under one-level mapping, the native operating system) was switched on. */
  | 'VM_STARTED'
  /** A VM makes no accesses until it is resumed; its balloon driver still polls. */
  | 'VM_SUSPENDED'
  /** A VM was switched off, because memory ran out or a user stopped it; its frames and its host swap are free again. */
  | 'VM_TERMINATED';

/** What a number in an event means. */
export type FieldKind =
  /** One of a few alternatives; `shown` names it. */
  | 'CHOICE'
  /** What a page holds: 0 is zeros, anything else names one write. */
  | 'CONTENT'
  /** A number of things. */
  | 'COUNT'
  /** One past the last page of a range. */
  | 'END_PAGE'
  /** A number in the unit that the field's description names. */
  | 'FIGURE'
  /** Simulated nanoseconds. */
  | 'NS'
  /** A number of pages of 4 KiB. */
  | 'PAGES'
  /** Number of a page of host memory. */
  | 'PHYSICAL_PAGE'
  /** Number of a page of the memory that a VM believes it has. */
  | 'REAL_PAGE'
  /** A place in the host's swap. */
  | 'SLOT'
  /** A text; `shown` has it. */
  | 'TEXT'
  /** Number of a page of a process's address space. */
  | 'VIRTUAL_PAGE';

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

/** How virtual pages reach frames. */
export type Mapping =
  /** Virtual to physical, without a hypervisor. */
  | 'ONE_LEVEL'
  /** Virtual to real in the guest, real to physical in the hypervisor. */
  | 'TWO_LEVEL';

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

export type TourScenarioQueryVariables = Exact<{
  name: string;
}>;


export type TourScenarioQuery = { readonly scenario: { readonly json: unknown } | null };

export type StartTourMutationVariables = Exact<{
  scenario: string;
  idempotencyKey: string;
}>;


export type StartTourMutation = { readonly outcome:
    | { readonly code: ErrorCode, readonly message: string }
    | { readonly run: { readonly id: string } }
   };

export type TourEventsQueryVariables = Exact<{
  run: string;
}>;


export type TourEventsQuery = { readonly run: { readonly events: { readonly nodes: ReadonlyArray<{ readonly position: string, readonly type: EventTypeName, readonly vm: number | null, readonly process: number | null, readonly fields: ReadonlyArray<{ readonly name: string, readonly kind: FieldKind, readonly value: string | null, readonly shown: string, readonly virtualPageName: string | null }> }> } } | null };

export type TourPagesQueryVariables = Exact<{
  run: string;
  position: string;
}>;


export type TourPagesQuery = { readonly run: { readonly at: { readonly timeNs: string, readonly host: { readonly mapping: Mapping, readonly freePages: number }, readonly vms: ReadonlyArray<{ readonly vm: number, readonly name: string, readonly life: VmLife, readonly balloonTargetPages: number, readonly balloonSizePages: number, readonly processes: ReadonlyArray<{ readonly process: number, readonly name: string, readonly pageTable: { readonly nodes: ReadonlyArray<{ readonly virtualPage: number, readonly realPage: number | null, readonly virtualPageName: string | null, readonly isOnDisk: boolean }> } }>, readonly realMapTable: { readonly nodes: ReadonlyArray<{ readonly realPage: number, readonly physicalPage: number | null, readonly use: RealUse, readonly process: number | null, readonly virtualPage: number | null }> } }>, readonly frames: { readonly nodes: ReadonlyArray<{ readonly physicalPage: number, readonly owner: FrameOwner, readonly vm: number | null, readonly realPage: number | null, readonly isZeroed: boolean }> } } } | null };

export type TourMemoryQueryVariables = Exact<{
  run: string;
  position: string;
}>;


export type TourMemoryQuery = { readonly run: { readonly at: { readonly timeNs: string, readonly host: { readonly framePages: number, readonly freePages: number, readonly overheadPages: number, readonly overcommitment: number }, readonly vms: ReadonlyArray<{ readonly vm: number, readonly name: string, readonly life: VmLife, readonly configuredPages: number, readonly residentPages: number, readonly overheadPages: number }> } } | null };

export const TourScenario: Document<TourScenarioQuery, TourScenarioQueryVariables> = { name: "TourScenario", operation: "query", text: "query TourScenario($name: String!) {\n  scenario(name: $name) {\n    json\n  }\n}" };

export const StartTour: Document<StartTourMutation, StartTourMutationVariables> = { name: "StartTour", operation: "mutation", text: "mutation StartTour($scenario: String!, $idempotencyKey: String!) {\n  outcome: startRun(\n    input: {\n      scenario: { name: $scenario }\n      label: \"tour\"\n      idempotencyKey: $idempotencyKey\n    }\n  ) {\n    ... on RunPayload {\n      run {\n        id\n      }\n    }\n    ... on Failure {\n      code\n      message\n    }\n  }\n}" };

export const TourEvents: Document<TourEventsQuery, TourEventsQueryVariables> = { name: "TourEvents", operation: "query", text: "query TourEvents($run: ID!) {\n  run(id: $run) {\n    events(first: 200) {\n      nodes {\n        position\n        type\n        vm\n        process\n        fields {\n          name\n          kind\n          value\n          shown\n          virtualPageName\n        }\n      }\n    }\n  }\n}" };

export const TourPages: Document<TourPagesQuery, TourPagesQueryVariables> = { name: "TourPages", operation: "query", text: "query TourPages($run: ID!, $position: BigInt!) {\n  run(id: $run) {\n    at(at: { position: $position }) {\n      timeNs\n      host {\n        mapping\n        freePages\n      }\n      vms {\n        vm\n        name\n        life\n        balloonTargetPages\n        balloonSizePages\n        processes {\n          process\n          name\n          pageTable(first: 8) {\n            nodes {\n              virtualPage\n              realPage\n              virtualPageName\n              isOnDisk\n            }\n          }\n        }\n        realMapTable(first: 8) {\n          nodes {\n            realPage\n            physicalPage\n            use\n            process\n            virtualPage\n          }\n        }\n      }\n      frames(first: 16) {\n        nodes {\n          physicalPage\n          owner\n          vm\n          realPage\n          isZeroed\n        }\n      }\n    }\n  }\n}" };

export const TourMemory: Document<TourMemoryQuery, TourMemoryQueryVariables> = { name: "TourMemory", operation: "query", text: "query TourMemory($run: ID!, $position: BigInt!) {\n  run(id: $run) {\n    at(at: { position: $position }) {\n      timeNs\n      host {\n        framePages\n        freePages\n        overheadPages\n        overcommitment\n      }\n      vms {\n        vm\n        name\n        life\n        configuredPages\n        residentPages\n        overheadPages\n      }\n    }\n  }\n}" };
