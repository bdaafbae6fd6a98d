import type { Decision, Observation, Policy } from "@ballast/core/policy";

/** What a policy can do in its third decision. Whatever has no result gives no decision. */
const ATTACKS: Readonly<Record<string, (observation: Observation) => unknown>> = {
  none: () => [],
  exits: () => process.exit(7),
  throwsLater: () => queueMicrotask(() => fail("later")),
  rejects: () => void Promise.reject(new Error("rejected")),
  throwsFromTimer: () => void setImmediate(() => fail("from a timer")),
  neverSettles: () => spinPromises(),
  fillsHeap: () => fillHeap([]),
  fillsBuffers: () => fillBuffers([]),
  removesMethods: () => removeMethods(),
  tellsEnvironment: () => fail(JSON.stringify({ ...process.env, ballast: process.env["BALLAST_TOKEN"] ?? "unset" })),
  readsEnvironment: () => builtin("fs")["readFileSync"]?.(`/proc/${process.ppid}/environ`, "utf8"),
  readsFile: () => builtin("fs")["readFileSync"]?.("/etc/hosts", "utf8"),
  writesFile: () => builtin("fs")["writeFileSync"]?.("/tmp/ballast-was-here", "x"),
  opensSocket: () => builtin("net")["connect"]?.(1, "127.0.0.1"),
  fetches: () => (globalThis as unknown as Record<string, () => unknown>)["fetch"]?.() ?? fail("there is no fetch"),
  opensDatabase: () => builtin("node:sqlite"),
  startsProcess: () => builtin("child_process")["execSync"]?.("true"),
  startsWorker: () => builtin("worker_threads"),
  killsParent: () => process.kill(process.ppid, "SIGKILL"),
  opensDebugger: () =>
    (process as unknown as Record<string, (pid: number) => void>)["_debugProcess"]?.(process.ppid) ?? fail("no debugger"),
  floods: () => flood(),
  throwsLongText: () => fail("long ".repeat(20_000_000)),
  throwsControls: () => fail("red \u001b[31m and \u0000 and \u202e"),
  throwsNothing: () => throwValue(undefined),
  throwsProxy: () => throwValue(hostileProxy()),
  answersMuch: ({ vms }) => vms.flatMap(({ vm }) => Array.from({ length: 12_000 }, () => steal(vm, "x".repeat(300)))),
  answersDeep: () => nest(100_000),
  answersItself: () => circular(),
  answersGetter: () => [
    {
      get kind(): never {
        return fail("in a getter");
      },
    },
  ],
  answersProxy: () => hostileProxy(),
  answersFunction: () => [() => 1],
  answersNothing: () => null,
  answersNumber: ({ vms }) => [{ ...steal(vms[0]?.vm, "why"), take: { count: NaN, order: "random" } }],
  answersNulls: () => [null, 1, "x", []],
  answersPrototype: ({ vms }) => [JSON.parse(`{"__proto__": {"polluted": 1}, "kind": "StealPages", "vm": ${vms[0]?.vm}, "reason": "why"}`)],
  changesObservation: (observation) => changeObservation(observation),
  forgesAnswer: () => forge(),
  takesRequest: () => builtin("fs")["readSync"]?.(3, new Uint8Array(4)),
  closesChannel: () => builtin("fs")["closeSync"]?.(4),
};

/** Misbehaves as its parameter says. */
export const policy: Policy = {
  apiVersion: 1,
  name: "adversarial",
  version: "1.0.0",
  description: "Misbehaves as its parameter says.",
  requires: ["steal"],
  parameters: {
    attack: {
      type: "choice",
      choices: Object.keys(ATTACKS),
      default: "none",
      description: "What it does.",
      source: "made up",
      confidence: "assumed",
    },
  },
  periodNs: () => 1_000_000,
  create: ({ attack }) => {
    let decisions = 0;
    return {
      decide: (observation) => {
        decisions++;
        if (decisions !== 3) return [];
        const given = ATTACKS[String(attack)]?.(observation);
        return (given === undefined ? [] : given) as Decision[];
      },
      save: () => decisions,
      load: (saved) => {
        decisions = Number(saved);
      },
    };
  },
};

function fail(message: string): never {
  throw new Error(message);
}

function throwValue(value: unknown): never {
  throw value;
}

function builtin(name: string): Readonly<Record<string, (...values: unknown[]) => unknown>> {
  return process.getBuiltinModule(name) as never;
}

function spinPromises(): void {
  void Promise.resolve().then(spinPromises);
}

function fillHeap(kept: number[][]): never {
  for (;;) kept.push(new Array<number>(1_000_000).fill(kept.length));
}

function fillBuffers(kept: Uint8Array[]): never {
  for (;;) kept.push(new Uint8Array(2 ** 24).fill(1));
}

/** The answer is given in spite of it, or the policy fails; no later run is to notice. */
function removeMethods(): void {
  const gone = (): never => fail("gone");
  for (const method of ["map", "push", "slice"]) Reflect.set(Array.prototype, method, gone);
  Object.keys = gone;
  JSON.stringify = gone;
  Reflect.set(Promise.prototype, "then", gone);
}

function flood(): void {
  for (let i = 0; i < 200; i++) process.stdout.write("x".repeat(2 ** 18));
}

function steal(vm: unknown, reason: string): Record<string, unknown> {
  return { kind: "StealPages", vm, take: { count: 1, order: "random" }, reason };
}

function nest(depth: number): unknown {
  let value: unknown = [];
  for (let i = 0; i < depth; i++) value = [value];
  return value;
}

function circular(): unknown[] {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

function hostileProxy(): object {
  return new Proxy({}, { get: () => fail("in a trap"), ownKeys: () => fail("in a trap"), getPrototypeOf: () => fail("in a trap") });
}

function changeObservation(observation: Observation): void {
  (observation.vms as unknown[]).length = 0;
  (observation.host as { freePages: number }).freePages = -1;
}

function forge(): void {
  const bytes = new Uint8Array(64).fill(123);
  for (let i = 0; i < 8; i++) builtin("fs")["writeSync"]?.(4, bytes);
}
