import type { AccessStream } from "../access-stream.ts";

/**
 * One kind of workload at work: an access stream that can begin again. All parts of a workload draw from one stream of
 * random stream, in the order of the accesses; `save` leaves it out.
 */
export type StreamPart = AccessStream & { restart(): void };
