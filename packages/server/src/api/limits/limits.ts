import { DEFAULT_MAX_CLIENT_OPERATIONS, DEFAULT_MAX_CONNECTION_OPERATIONS } from "../../configuration/index.ts";

/** What one request may ask for. Each refusal has its own code and says the limit and the number found. */
export type Limits = {
  /** Fields inside of fields; a leaf at the root has depth 1. */
  readonly maxDepth: number;
  /** See `measureOperation`. */
  readonly maxCost: number;
  /** Fields of an answer, where lists turn out longer than their cost supposed. */
  readonly maxFields: number;
  /** Of an answer as JSON, counted while it is made. */
  readonly maxAnswerBytes: number;
  /** Names, punctuation and values of a document. */
  readonly maxTokens: number;
  /** Of a document as UTF-8. Long values belong into variables. */
  readonly maxDocumentBytes: number;
  /** Brackets of a document inside each other, fragments included where they are spread. */
  readonly maxNesting: number;
  /** Pairs of fields with the same name in the answer, which validation compares one by one. */
  readonly maxFieldPairs: number;
  /** Items of one list among the arguments, but for those inside of Json. */
  readonly maxInputItems: number;
  /** Characters of one text among the arguments, but for those inside of Json and for the bytes of a trace. */
  readonly maxTextLength: number;
  /** Lists and objects inside each other in a Json argument. */
  readonly maxJsonDepth: number;
  /** Of the body of a request. */
  readonly maxBodyBytes: number;
  /** A query is given up after so long. */
  readonly maxMs: number;
  /** Longest that `atLeastPosition` waits. */
  readonly maxWaitMs: number;
  /** A reader of events whose client takes nothing of a message for so long is ended, with its cursor. */
  readonly readerStallMs: number;
  /** Bytes that may wait for all readers of events together; beyond, those are ended that have taken nothing for longest. */
  readonly readerBufferBytes: number;
  /** Bytes of the tables of all moments that one operation looks at; one moment is always allowed. */
  readonly maxStateBytes: number;
  /** Operations under way in one WebSocket, subscriptions included. */
  readonly maxConnectionOperations: number;
  /** Operations under way of one client, which is an address, over HTTP and all of its WebSockets. */
  readonly maxClientOperations: number;
};

export const DEFAULT_LIMITS: Limits = {
  maxDepth: 16,
  maxCost: 50_000,
  maxFields: 200_000,
  maxAnswerBytes: 8 * 1024 * 1024,
  maxTokens: 4_000,
  maxDocumentBytes: 128 * 1024,
  maxNesting: 100,
  maxFieldPairs: 10_000,
  maxInputItems: 1_000,
  maxTextLength: 10_000,
  maxJsonDepth: 100,
  maxBodyBytes: 4 * 1024 * 1024,
  maxMs: 30_000,
  maxWaitMs: 5_000,
  readerStallMs: 30_000,
  readerBufferBytes: 256 * 2 ** 20,
  maxStateBytes: 256 * 1024 * 1024,
  maxConnectionOperations: DEFAULT_MAX_CONNECTION_OPERATIONS,
  maxClientOperations: DEFAULT_MAX_CLIENT_OPERATIONS,
};
