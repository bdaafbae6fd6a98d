import type { Readable, Writable } from "node:stream";
import { serialize } from "node:v8";
import type { BallastError } from "@ballast/core/errors";
import { killGroup, type Verdict } from "./call-guard.ts";
import { answerError, endedError, type FaultPlace, limitError, tooLargeError } from "./process-faults.ts";
import { ENDED, LENGTH_BYTES, MAX_ANSWER_BYTES, type PolicyRequest } from "./protocol.ts";
import { type Answer, readAnswer } from "./read-answer.ts";
import { MEMORY_POLL_MS, residentMemory } from "./resident-memory.ts";
import { type PolicyLimits, type PolicySource, startPolicyProcess } from "./start-process.ts";

export type Question = {
  readonly source: PolicySource;
  readonly limits: PolicyLimits;
  /** As messages name the policy. */
  readonly who: string;
  readonly request: Extract<PolicyRequest, { readonly kind: "declare" | "settle" }>;
};

/**
 * Starts a process for one request to a policy and ends it. The thread continues meanwhile.
 * @throws BallastError POLICY_TIMEOUT, POLICY_MEMORY, POLICY_ENDED, and what `readAnswer` throws.
 */
export async function askOnce(question: Question): Promise<Exclude<Answer, { readonly kind: "started" }>> {
  const { source, limits, who, request } = question;
  const place = { who, limits, isLoading: true, advice: "" };
  const child = startPolicyProcess(source, limits, ["pipe", "ignore", "ignore", "pipe", "pipe"]);
  const watch = new Watch(limits, () => child.pid !== undefined && killGroup(child.pid));
  try {
    sendRequest(child.stdio[3] as Writable, request);
    for await (const answer of answers(child.stdio[4] as Readable, place, watch)) {
      if (answer.kind !== "started") return answer;
      watch.process = answer.pid;
    }
    throw endedError(place, undefined);
  } finally {
    watch.stop();
    if (child.pid !== undefined) killGroup(child.pid);
    for (const stream of child.stdio) stream?.destroy();
  }
}

/** Ends a process that takes longer than its package may take to load, or more memory than it may. */
class Watch {
  process = 0;
  verdict: Verdict | undefined;
  readonly #end: () => void;
  readonly #timer: NodeJS.Timeout;
  readonly #poll: NodeJS.Timeout;

  constructor({ loadMs, memoryBytes }: PolicyLimits, end: () => void) {
    this.#end = end;
    this.#timer = setTimeout(() => this.#condemn("time"), loadMs);
    this.#poll = setInterval(() => void this.#look(memoryBytes), MEMORY_POLL_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#poll);
  }

  async #look(maxBytes: number): Promise<void> {
    if (this.process !== 0 && (await residentMemory(this.process)) > maxBytes) this.#condemn("memory");
  }

  #condemn(verdict: Verdict): void {
    this.verdict ??= verdict;
    this.#end();
  }
}

function sendRequest(stream: Writable, request: PolicyRequest): void {
  const body = serialize(request);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(body.length);
  // A process that is gone does not read; what it left behind says why.
  stream.on("error", () => undefined);
  stream.write(Buffer.concat([length, body]));
}

async function* answers(stream: Readable, place: FaultPlace, watch: Watch): AsyncGenerator<Answer> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes = Buffer.concat([bytes, chunk]);
    for (let length = lengthOf(bytes); length !== undefined; length = lengthOf(bytes)) {
      if (length > MAX_ANSWER_BYTES) throw tooLargeError(place, length);
      if (bytes.length < LENGTH_BYTES + length) break;
      yield readAnswer(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length), place);
      bytes = bytes.subarray(LENGTH_BYTES + length);
    }
  }
  throw endOf(bytes, place, watch);
}

/** Of the first message in the bytes; undefined if it is not all there, or says that the process has ended. */
function lengthOf(bytes: Buffer): number | undefined {
  if (bytes.length < LENGTH_BYTES) return undefined;
  const length = bytes.readUInt32LE();
  return length === ENDED ? undefined : length;
}

function endOf(bytes: Buffer, place: FaultPlace, { verdict }: Watch): BallastError {
  if (verdict !== undefined) return limitError(place, verdict);
  const status = bytes.subarray(bytes.lastIndexOf(0xff) + 1).toString("latin1");
  if (bytes.length > 2 * LENGTH_BYTES && !/^\d{1,3}$/.test(status)) return answerError(place, "breaks off");
  return endedError(place, /^\d{1,3}$/.test(status) ? Number(status) : undefined);
}
