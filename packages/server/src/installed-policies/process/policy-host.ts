import { readSync, writeSync } from "node:fs";
import { deserialize } from "node:v8";
import type { Policy, PolicyInstance } from "@ballast/core/policy";
import { Prng, type PrngState } from "@ballast/core/prng";
import { closeRealm } from "./close-realm.ts";
import { NotPlainError, toPlain } from "./plain-value.ts";
import { ANSWER_FD, LENGTH_BYTES, MAX_ERROR_CHARACTERS, type PolicyAnswer, type PolicyRequest, REQUEST_FD } from "./protocol.ts";

/**
 * The entry of a policy's process: `policy-host <URL of the policy>`. It answers one request after the other, and ends
 * with the process that asks. What it needs after the policy's code has run is taken before: that code may replace anything.
 */
const { stringify } = JSON;
const { setImmediate, process, Error, String } = globalThis;
const bytesOf = Buffer.from.bind(Buffer);
const allocUnsafe = Buffer.allocUnsafe.bind(Buffer);
const exit = process.exit.bind(process);
const [, , url = ""] = process.argv;

type Instance = { readonly instance: PolicyInstance; readonly prng: Prng };
const instances: Instance[] = [];
/** What was thrown outside of every call since the last answer. */
let strayed: { readonly message: string } | undefined;

closeRealm();
send({ kind: "started", pid: process.pid });
process.setUncaughtExceptionCaptureCallback((thrown) => {
  strayed ??= { message: textOf(thrown) };
});
const imported = await importPolicy();
serve();

/** The import is not retried: a policy that cannot be imported is one that every request hears of. */
async function importPolicy(): Promise<{ readonly policy: unknown } | { readonly fault: string }> {
  try {
    const { policy } = (await import(/* @vite-ignore */ url)) as { readonly policy?: unknown };
    return { policy };
  } catch (thrown) {
    return { fault: textOf(thrown) };
  }
}

/** The turn between a call and its answer lets what the call left behind come up: promises that were rejected, say. */
function serve(): void {
  const answer = answerTo(deserialize(readMessage()) as PolicyRequest);
  setImmediate(() => {
    send(strayed === undefined ? answer : { kind: "strayed", message: strayed.message });
    strayed = undefined;
    serve();
  });
}

function answerTo(request: PolicyRequest): PolicyAnswer {
  if ("fault" in imported) return { kind: "notImported", message: imported.fault };
  try {
    return { kind: "done", ...carryOut(imported.policy as Policy, request) };
  } catch (thrown) {
    return { kind: isNotPlain(thrown) ? "notPlain" : "threw", message: textOf(thrown) };
  }
}

/** Asking a proxy for its class may throw. */
function isNotPlain(thrown: unknown): boolean {
  try {
    return thrown instanceof NotPlainError;
  } catch {
    return false;
  }
}

type Done = { readonly value: unknown; readonly prng: PrngState | null };

function carryOut(policy: Policy, request: PolicyRequest): Done {
  switch (request.kind) {
    case "declare":
      return { value: toPlain(declarationOf(policy)), prng: null };
    case "settle":
      return { value: toPlain(settle(policy, request.parameters)), prng: null };
    case "create": {
      const prng = new Prng(request.prng);
      instances[instances.length] = { instance: policy.create(request.parameters, prng), prng };
      return { value: instances.length - 1, prng: prng.save() };
    }
    default:
      return useInstance(instances[request.instance] as Instance, request);
  }
}

function useInstance({ instance, prng }: Instance, request: Extract<PolicyRequest, { readonly instance: number }>): Done {
  prng.load(request.prng);
  const value = callInstance(instance, request);
  return { value: toPlain(value), prng: prng.save() };
}

function callInstance(instance: PolicyInstance, request: Extract<PolicyRequest, { readonly instance: number }>): unknown {
  switch (request.kind) {
    case "decide":
      return instance.decide(request.observation);
    case "save":
      return instance.save();
    case "load":
      instance.load(request.saved as Parameters<PolicyInstance["load"]>[0]);
      return null;
  }
}

/** Names of its functions stand for them: what is no object has none, and the server finds that. */
function declarationOf(policy: unknown): unknown {
  if (typeof policy !== "object" || policy === null) return null;
  const { apiVersion, name, version, description, requires, parameters, needsAllAccesses } = policy as Partial<Policy>;
  const functions: string[] = [];
  for (const member of ["create", "periodNs", "uses", "orders"] as const) {
    if ((policy as Partial<Policy>)[member] !== undefined) {
      functions[functions.length] = `${member}:${typeof (policy as Partial<Policy>)[member]}`;
    }
  }
  return { declared: { apiVersion, name, version, description, requires, parameters, needsAllAccesses }, functions };
}

function settle(policy: Policy, parameters: Parameters<Policy["periodNs"]>[0]): unknown {
  return {
    uses: policy.uses?.(parameters) ?? null,
    orders: policy.orders?.(parameters) ?? null,
    periodNs: policy.periodNs(parameters),
  };
}

/** The text of whatever was thrown, whose members may be anything themselves. */
function textOf(thrown: unknown): string {
  try {
    const text = String(messageOf(thrown));
    return text.length > MAX_ERROR_CHARACTERS ? `${text.slice(0, MAX_ERROR_CHARACTERS)}...` : text;
  } catch {
    return "something that has no text";
  }
}

function messageOf(thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { code, permission, resource } = thrown as Error & { code?: unknown; permission?: string; resource?: string };
  if (code !== "ERR_ACCESS_DENIED") return thrown.message;
  return `it may not use ${permission} ${resource ?? ""} (see "What a policy may not do" in docs/policies.md)`;
}

function send(answer: PolicyAnswer): void {
  const body = bytesOf(stringify(answer), "utf8");
  const message = allocUnsafe(LENGTH_BYTES + body.length);
  message.writeUInt32LE(body.length, 0);
  message.set(body, LENGTH_BYTES);
  for (let sent = 0; sent < message.length;) sent += writeSync(ANSWER_FD, message, sent);
}

function readMessage(): Uint8Array {
  return readBytes(readBytes(LENGTH_BYTES).readUInt32LE(0));
}

function readBytes(count: number): Buffer {
  const bytes = allocUnsafe(count);
  for (let read = 0; read < count;) {
    const more = readSync(REQUEST_FD, bytes, read, count - read, null);
    if (more === 0) exit(0);
    read += more;
  }
  return bytes;
}
