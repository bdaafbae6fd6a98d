import type { Observation, ParameterValues, Policy } from "@ballast/core/policy";
import type { PrngState } from "@ballast/core/prng";

/** File descriptors of a policy's process: requests come in by one, answers leave by the other. */
export const REQUEST_FD = 3;
export const ANSWER_FD = 4;

/** Each message is its length in bytes (32 bits, little-endian) and as many bytes. */
export const LENGTH_BYTES = 4;
/** Instead of a length: the process has ended, and its exit status follows as text. */
export const ENDED = 0xffff_ffff;

/** Of one answer. */
export const MAX_ANSWER_BYTES = 8 * 2 ** 20;
/** Of the text of an error. */
export const MAX_ERROR_CHARACTERS = 2_000;

/** What a policy says of itself. */
export type PolicyDeclaration = Pick<
  Policy,
  "apiVersion" | "name" | "version" | "description" | "requires" | "parameters" | "needsAllAccesses"
>;

/**
 * Requests are written by the server (`v8.serialize`: every number arrives as it is). An instance has the number of its
 * `create` request, counted from 0.
 */
export type PolicyRequest =
  | { readonly kind: "declare" }
  | { readonly kind: "settle"; readonly parameters: ParameterValues }
  | { readonly kind: "create"; readonly parameters: ParameterValues; readonly prng: PrngState }
  | { readonly kind: "decide"; readonly instance: number; readonly observation: Observation; readonly prng: PrngState }
  | { readonly kind: "save"; readonly instance: number; readonly prng: PrngState }
  | { readonly kind: "load"; readonly instance: number; readonly saved: unknown; readonly prng: PrngState };

/**
 * Answers are JSON (see plain-value.ts), for what reads them must not trust them. The first is given before the policy is
 * imported and has the process's id.
 */
export type PolicyAnswer =
  | { readonly kind: "started"; readonly pid: number }
  | { readonly kind: "done"; readonly value: unknown; readonly prng: PrngState | null }
  /** The policy threw in this call. */
  | { readonly kind: "threw"; readonly message: string }
  /** The policy threw where nothing waits for it: a promise or a timer. */
  | { readonly kind: "strayed"; readonly message: string }
  /** It returned what is no data. */
  | { readonly kind: "notPlain"; readonly message: string }
  | { readonly kind: "notImported"; readonly message: string };

/** The exit status of a Node whose main module waits for something that nothing can bring about. */
export const UNSETTLED_STATUS = 13;
