import type { EventBatch } from "../event-batch.ts";

/**
 * Translates events that one version of the catalogue recorded into those of the next, in place. It adds and removes no event:
 * positions are what readers go by. It knows these two versions by their numbers, and not the present catalogue, which changes.
 */
export type Upcaster = (batch: EventBatch) => void;
