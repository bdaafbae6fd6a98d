// Made of experiment.graphql by tools/generate-documents.ts: change that file and run `npm run web:types`.
import type { Document } from "../api/document.ts";

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** Which values of a metric are the better ones. */
export type BetterDirection =
  /** The higher ones. */
  | 'HIGHER'
  /** The lower ones. */
  | 'LOWER';

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

/** What asked for an experiment. */
export type ExperimentKind =
  /** A search for the most VMs, or the least memory, that keep a limit. */
  | 'CAPACITY'
  /** Several policies, with parameters of their own, on one scenario. */
  | 'COMPARISON'
  /** A grid of values of parameters. */
  | 'SWEEP';

/** How far an experiment is. */
export type ExperimentStatus =
  /** Every run has completed. */
  | 'COMPLETED'
  /** At least one run has failed or was stopped. */
  | 'FAILED'
  /** Not every run is final yet. */
  | 'RUNNING';

/** What of a run is stored. */
export type Keeps =
  /** Every event, and what can be computed from them: any moment can be looked at. */
  | 'EVENTS'
  /** Its results, and the number and digest of its events. */
  | 'FIGURES';

/** A metric that is kept over simulated time: those of the host without `vm`, all others of a VM. */
export type Metric =
  /** Accesses to pages, as of the last sample. */
  | 'ACCESSES'
  /** How often guests' background reclaim began. */
  | 'BACKGROUND_RECLAIMS'
  /** Pages that guests gave up in the background. */
  | 'BACKGROUND_RECLAIM_PAGES'
  /** Pages in balloons whose frames the hypervisor took. */
  | 'BALLOON_FRAMES'
  /** Times that balloons gave pages back to guests that would have run out of memory. */
  | 'BALLOON_OOM_DEFLATIONS'
  /** Pages that went into balloons. */
  | 'BALLOON_PAGES_PINNED'
  /** Pages that balloons gave back. */
  | 'BALLOON_PAGES_UNPINNED'
  /** Pages in balloons that were accessed by mistake. */
  | 'BALLOON_POPS'
  /** Pages of processes that guests gave up for their balloons. */
  | 'BALLOON_RECLAIMED_PAGES'
  /** Pages that guests refused their balloon drivers, once for each attempt. */
  | 'BALLOON_REFUSALS'
  /** Pages that the guest has given up. */
  | 'BALLOON_SIZE_PAGES'
  /** Balloon targets set. */
  | 'BALLOON_TARGETS_SET'
  /** Pages that the hypervisor asks the guest to give up. */
  | 'BALLOON_TARGET_PAGES'
  /** Frames of the compression cache; the hypervisor's. */
  | 'CACHE_FRAME_PAGES'
  /** The VM's own clock in simulated ns, as of the last sample; of a host the sum over its VMs. */
  | 'CLOCK_NS'
  /** Real pages in the compression cache. */
  | 'COMPRESSED_PAGES'
  /** Pages that left the full compression cache for the host's swap. */
  | 'COMPRESSED_PAGES_EVICTED'
  /** Decisions of the policy. */
  | 'DECISIONS'
  /** Pages that processes had to have given up themselves, below their guest's min mark. */
  | 'DIRECT_RECLAIMS'
  /** Time that this took them, in simulated ns. */
  | 'DIRECT_RECLAIM_NS'
  /** Time that the guest's disk served requests in simulated ns, summed over those it serves simultaneously; as of the last sample. */
  | 'DISK_BUSY_NS'
  /** Real pages without a frame that the hypervisor left on the guest's disk. */
  | 'DISK_KEPT_PAGES'
  /** Time that requests to the guest's disk queued in simulated ns, as of the last sample. */
  | 'DISK_QUEUE_NS'
  /** Pages swapped in only for the guest to fill them with zeros. */
  | 'FALSE_SWAP_READS'
  /** Accesses whose page had no entry in the page table or no frame behind it, and pages that the guest read ahead of their access. */
  | 'FAULTS'
  /** Of these page-ins, pages of files; the others came from the guest's swap. */
  | 'FILE_PAGE_INS'
  /** Of these page-outs, pages of files; the others went to the guest's swap. */
  | 'FILE_PAGE_OUTS'
  /** Frames overwritten with zeros. */
  | 'FRAMES_ZEROED'
  /** Frames needed when none was free. */
  | 'FRAME_SHORTAGES'
  /** Free frames. Of the host. */
  | 'FREE_PAGES'
  /** Guest faults that read the guest's disk. */
  | 'GUEST_MAJOR_FAULTS'
  /** Guest faults without disk. */
  | 'GUEST_MINOR_FAULTS'
  /** Accesses for which a guest had no real page left. */
  | 'GUEST_OUT_OF_MEMORY'
  /** Pages of processes that guests gave up by their own replacement and background reclaim. */
  | 'GUEST_RECLAIMED_PAGES'
  /** Host faults served from the host's swap. */
  | 'HOST_MAJOR_FAULTS'
  /** Host faults served by a zeroed frame. */
  | 'HOST_MINOR_FAULTS'
  /** Time that VMs waited for the hypervisor to bring pages back, in simulated ns. */
  | 'HOST_WAIT_NS'
  /** Time that the host spent reading accessed bits, in simulated ns. */
  | 'IDLE_SCAN_COST_NS'
  /** Real pages under large mappings. */
  | 'LARGE_PAGES'
  /** Large mappings made: 512 pages by one entry. */
  | 'LARGE_PAGES_MAPPED'
  /** Large mappings that became 512 entries again. */
  | 'LARGE_PAGES_SHATTERED'
  /** Real pages behind a virtual page. */
  | 'MAPPED_PAGES'
  /** Pages that the hypervisor read back from the guest's disk. */
  | 'MAPPER_READS'
  /** Stolen pages that were left on the guest's disk instead of being swapped out. */
  | 'MAPPER_UNMAPS'
  /** The most frames it may hold. */
  | 'MEMORY_LIMIT_PAGES'
  /** 0 high, 4 clear, 1 soft, 2 hard, 3 low. Of the host. */
  | 'MEMORY_STATE'
  /** Frames that the hypervisor keeps. Of the host. */
  | 'OVERHEAD_PAGES'
  /** Stolen pages that went into the compression cache. */
  | 'PAGES_COMPRESSED'
  /** Pages that an access took out of the compression cache. */
  | 'PAGES_DECOMPRESSED'
  /** Clean pages that guests dropped. */
  | 'PAGES_DROPPED'
  /** Pages that got a shared frame instead of their own. */
  | 'PAGES_MERGED'
  /** Pages of files that were read ahead. */
  | 'PAGES_READ_AHEAD'
  /** Pages taken without the guest's help. */
  | 'PAGES_STOLEN'
  /** Pages that guests read from their disks. */
  | 'PAGE_INS'
  /** Pages that guests wrote to their disks. */
  | 'PAGE_OUTS'
  /** Pages that came back so soon after their eviction that the guest made them active immediately. */
  | 'REFAULTS_ACTIVATED'
  /** Frames that the hypervisor took because guests reported their pages free. */
  | 'REPORTED_FRAMES'
  /** Real pages that have a frame. */
  | 'RESIDENT_PAGES'
  /** Frames saved by sharing: real pages with shared frames, less these. Of the host. */
  | 'SAVED_PAGES'
  /** Frames that back real pages of equal content. Of the host. */
  | 'SHARED_FRAME_PAGES'
  /** Real pages whose frame is a shared one. */
  | 'SHARED_PAGES'
  /** Shared pages that were copied before a store. */
  | 'SHARED_PAGE_COPIES'
  /** Time that these copies took, in simulated ns. */
  | 'SHARED_PAGE_COPY_NS'
  /** Pages that the hypervisor looked at for others of equal content. */
  | 'SHARING_SCANNED_PAGES'
  /** Time that the host spent reading pages for that, in simulated ns. */
  | 'SHARING_SCAN_COST_NS'
  /** Pages written to the host's swap that the guest's disk has too. */
  | 'SILENT_SWAP_WRITES'
  /** Pages swapped in only for the guest to read its disk into them. */
  | 'STALE_SWAP_READS'
  /** Time that VMs were kept from running in simulated ns, as of the last sample or the end of the suspension. */
  | 'SUSPENDED_NS'
  /** Real pages in the host's swap. */
  | 'SWAPPED_PAGES'
  /** Time that the swap device served requests, summed over those it serves simultaneously, as of the last sample. Of the host. */
  | 'SWAP_BUSY_NS'
  /** Pages that were accessed while they were in the swap cache: their read-ahead saved a request. */
  | 'SWAP_CACHE_HITS'
  /** Swapped pages that were read ahead; their frames are the hypervisor's. */
  | 'SWAP_CACHE_PAGES'
  /** Requests to the swap device that read pages ahead. */
  | 'SWAP_CLUSTERS_READ'
  /** Requests to the swap device that wrote pages, with clustered swap-out. */
  | 'SWAP_CLUSTERS_WRITTEN'
  /** Pages that the hypervisor read from the host's swap. */
  | 'SWAP_INS'
  /** Pages that the hypervisor wrote to the host's swap. */
  | 'SWAP_OUTS'
  /** Pages that requests read from the swap device, those ahead and those between them included. */
  | 'SWAP_PAGES_READ'
  /** Pages that were read ahead from the host's swap. */
  | 'SWAP_PAGES_READ_AHEAD'
  /** Time that requests to the swap device queued, as of the last sample. Of the host. */
  | 'SWAP_QUEUE_NS'
  /** Pages that left the swap cache without an access: they were read ahead in vain. */
  | 'SWAP_READS_WASTED'
  /** Pages in the host's swap. Of the host. */
  | 'SWAP_USED_PAGES'
  /** Traps by which the balloon driver spoke with the hypervisor. */
  | 'TRAP_BALLOON_CALL'
  /** Time that traps took, in simulated ns. */
  | 'TRAP_COST_NS'
  /** Traps by which guests reported free pages. */
  | 'TRAP_FREE_PAGE_REPORT'
  /** Traps for real pages without a frame. */
  | 'TRAP_MISSING_REAL_MAP_ENTRY'
  /** Traps at updates of guest page tables. */
  | 'TRAP_PAGE_TABLE_UPDATE'
  /** Traps at pages that the hypervisor had invalidated to see whether they are accessed. */
  | 'TRAP_SAMPLED_PAGE'
  /** Traps at stores to pages whose frame is shared. */
  | 'TRAP_STORE_TO_SHARED_PAGE'
  /** Time spent waiting for devices in simulated ns, as of the last sample. */
  | 'WAIT_NS'
  /** Work time of the VM in simulated ns: from its start to the end of its workload, with waits, suspended and idle time; 0 until then. */
  | 'WORK_NS';

/** What a metric is counted in. */
export type MetricUnit =
  /** Bytes. */
  | 'BYTES'
  /** A number of events or things. */
  | 'COUNT'
  /** Simulated time in nanoseconds. */
  | 'NS'
  /** Pages of 4 KiB. */
  | 'PAGES'
  /** Pages of 4 KiB times seconds of simulated time. */
  | 'PAGE_SECONDS'
  /** A number per second of simulated time. */
  | 'PER_SECOND'
  /** A number without a unit. */
  | 'RATIO'
  /** The number of a memory state: 0 high, 4 clear, 1 soft, 2 hard, 3 low. */
  | 'STATE'
  /** A number of VMs. */
  | 'VMS';

/** How far a run is. */
export type RunStatus =
  /** It reached its end. Final. */
  | 'COMPLETED'
  /** It cannot continue; `error` says why. Final. */
  | 'FAILED'
  /** A command has to resume it. */
  | 'PAUSED'
  /** No executor has begun it. */
  | 'QUEUED'
  /** An executor works on it, or will as soon as one is free. */
  | 'RUNNING'
  /** A command ended it. Final. */
  | 'STOPPED'
  /** Only a command can make something happen. */
  | 'WAITING';

/** Why a variant is part of an experiment. */
export type VariantRole =
  /** A policy that knows the future: what real ones can only approach. */
  | 'BOUND'
  /** It was asked for. */
  | 'COMPARED'
  /** The same VMs on a host with memory for all of them, where nothing is reclaimed: the base of slowdowns. */
  | 'UNCOMMITTED';

/** What a comparison over seeds shows, all tests of the experiment corrected for their number. */
export type Verdict =
  /** The difference is told apart from chance, and is one for the better. */
  | 'BETTER'
  /** The values are the same under every seed. */
  | 'EQUAL'
  /** The whole interval of the difference lies below the noise floor: there is no difference that matters. */
  | 'EQUIVALENT'
  /** The value is higher, told apart from chance; the metric has no better direction. */
  | 'HIGHER'
  /** No seed has a value of both. */
  | 'INCOMPARABLE'
  /** The value is lower, told apart from chance; the metric has no better direction. */
  | 'LOWER'
  /** There is one seed: no interval is possible, and no verdict. */
  | 'SINGLE'
  /** Neither a difference nor its absence can be told apart from chance at so few seeds. */
  | 'UNDECIDED'
  /** The difference is told apart from chance, and is one for the worse. */
  | 'WORSE';

export type ExperimentHeadQueryVariables = Exact<{
  experiment: string;
}>;


export type ExperimentHeadQuery = { readonly experiment: { readonly id: string, readonly kind: ExperimentKind, readonly keeps: Keeps, readonly scenarioName: string, readonly seeds: ReadonlyArray<string>, readonly status: ExperimentStatus, readonly createdAt: string, readonly notes: ReadonlyArray<string>, readonly baseline: { readonly label: string }, readonly variants: ReadonlyArray<{ readonly label: string, readonly role: VariantRole, readonly policyName: string, readonly policyVersion: string, readonly parameters: unknown, readonly overrides: unknown, readonly cells: ReadonlyArray<{ readonly seed: string, readonly run: { readonly id: string, readonly status: RunStatus, readonly headPosition: string, readonly headTimeNs: string, readonly error: { readonly code: ErrorCode, readonly message: string } | null } | null, readonly metrics: { readonly vmsCompleted: number | null, readonly vms: ReadonlyArray<{ readonly vm: number }> } | null }> }> } | null };

export type ExperimentAnalysisQueryVariables = Exact<{
  experiment: string;
}>;


export type ExperimentAnalysisQuery = { readonly experiment: { readonly analysis: { readonly conclusion: string, readonly primaryMetric: string | null, readonly relativeFloor: number, readonly metrics: ReadonlyArray<{ readonly metric: string, readonly title: string, readonly legend: string | null, readonly unit: MetricUnit, readonly better: BetterDirection | null, readonly baseline: string, readonly variants: ReadonlyArray<{ readonly variant: string, readonly values: ReadonlyArray<number | null>, readonly n: number, readonly mean: number | null, readonly high: number | null }>, readonly references: ReadonlyArray<{ readonly variant: string, readonly values: ReadonlyArray<number | null>, readonly n: number, readonly mean: number | null, readonly high: number | null }>, readonly comparisons: ReadonlyArray<{ readonly variant: string, readonly n: number, readonly missing: number, readonly difference: number | null, readonly low: number | null, readonly high: number | null, readonly relative: number | null, readonly relativeLow: number | null, readonly relativeHigh: number | null, readonly verdict: Verdict, readonly short: string, readonly interval: string | null, readonly seedsNeeded: number | null, readonly sentence: string }> }> } } | null };

export type FollowExperimentSubscriptionVariables = Exact<{
  experiment: string;
}>;


export type FollowExperimentSubscription = { readonly experimentProgress: { readonly status: ExperimentStatus, readonly variants: ReadonlyArray<{ readonly cells: ReadonlyArray<{ readonly run: { readonly id: string, readonly status: RunStatus, readonly headPosition: string } | null }> }> } };

export type OriginOfRunQueryVariables = Exact<{
  run: string;
}>;


export type OriginOfRunQuery = { readonly run: { readonly scenario: { readonly description: string, readonly framePages: number, readonly configuredPages: number, readonly vmNames: ReadonlyArray<string>, readonly json: unknown } } | null };

export type SeriesOfVmQueryVariables = Exact<{
  run: string;
  metric: Metric;
  vm?: number | null | undefined;
}>;


export type SeriesOfVmQuery = { readonly run: { readonly headTimeNs: string, readonly series: { readonly packed: string } } | null };

export const ExperimentHead: Document<ExperimentHeadQuery, ExperimentHeadQueryVariables> = { name: "ExperimentHead", operation: "query", text: "query ExperimentHead($experiment: ID!) {\n  experiment(id: $experiment) {\n    id\n    kind\n    keeps\n    scenarioName\n    seeds\n    status\n    createdAt\n    notes\n    baseline {\n      label\n    }\n    variants {\n      label\n      role\n      policyName\n      policyVersion\n      parameters\n      overrides\n      cells {\n        seed\n        run {\n          id\n          status\n          headPosition\n          headTimeNs\n          error {\n            code\n            message\n          }\n        }\n        metrics {\n          vmsCompleted\n          vms {\n            vm\n          }\n        }\n      }\n    }\n  }\n}" };

export const ExperimentAnalysis: Document<ExperimentAnalysisQuery, ExperimentAnalysisQueryVariables> = { name: "ExperimentAnalysis", operation: "query", text: "query ExperimentAnalysis($experiment: ID!) {\n  experiment(id: $experiment) {\n    analysis {\n      conclusion\n      primaryMetric\n      relativeFloor\n      metrics {\n        metric\n        title\n        legend\n        unit\n        better\n        baseline\n        variants {\n          variant\n          values\n          n\n          mean\n          high\n        }\n        references {\n          variant\n          values\n          n\n          mean\n          high\n        }\n        comparisons {\n          variant\n          n\n          missing\n          difference\n          low\n          high\n          relative\n          relativeLow\n          relativeHigh\n          verdict\n          short\n          interval\n          seedsNeeded\n          sentence\n        }\n      }\n    }\n  }\n}" };

export const FollowExperiment: Document<FollowExperimentSubscription, FollowExperimentSubscriptionVariables> = { name: "FollowExperiment", operation: "subscription", text: "subscription FollowExperiment($experiment: ID!) {\n  experimentProgress(experiment: $experiment) {\n    status\n    variants {\n      cells {\n        run {\n          id\n          status\n          headPosition\n        }\n      }\n    }\n  }\n}" };

export const OriginOfRun: Document<OriginOfRunQuery, OriginOfRunQueryVariables> = { name: "OriginOfRun", operation: "query", text: "query OriginOfRun($run: ID!) {\n  run(id: $run) {\n    scenario {\n      description\n      framePages\n      configuredPages\n      vmNames\n      json\n    }\n  }\n}" };

export const SeriesOfVm: Document<SeriesOfVmQuery, SeriesOfVmQueryVariables> = { name: "SeriesOfVm", operation: "query", text: "query SeriesOfVm($run: ID!, $metric: Metric!, $vm: Int) {\n  run(id: $run) {\n    headTimeNs\n    series(metric: $metric, vm: $vm, points: 300) {\n      packed\n    }\n  }\n}" };
