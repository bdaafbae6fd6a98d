import { Module, registerHooks, syncBuiltinESMExports } from "node:module";

/** Modules of Node that a policy may import: they compute, or read what the permission model lets it read. */
const OPEN_MODULES: ReadonlySet<string> = new Set([
  "assert",
  "assert/strict",
  "async_hooks",
  "buffer",
  "console",
  "constants",
  "crypto",
  "diagnostics_channel",
  "events",
  "fs",
  "fs/promises",
  "module",
  "path",
  "path/posix",
  "path/win32",
  "perf_hooks",
  "process",
  "punycode",
  "querystring",
  "stream",
  "stream/consumers",
  "stream/promises",
  "stream/web",
  "string_decoder",
  "timers",
  "timers/promises",
  "url",
  "util",
  "util/types",
  "zlib",
]);

/** Members of `process` that reach beyond it: other processes, native code, the machine's state. */
const CLOSED_PROCESS_MEMBERS = [
  "kill",
  "_kill",
  "_debugProcess",
  "_debugEnd",
  "_startProfilerIdleNotifier",
  "_stopProfilerIdleNotifier",
  "binding",
  "_linkedBinding",
  "dlopen",
  "execve",
  "chdir",
  "umask",
  "initgroups",
  "setegid",
  "seteuid",
  "setgid",
  "setgroups",
  "setuid",
  "loadEnvFile",
  "mainModule",
  "abort",
];

/** Globals that open connections. */
const CLOSED_GLOBALS = ["fetch", "WebSocket", "EventSource", "localStorage", "sessionStorage", "navigator"];

/** Members of `module` by which code could be loaded past the hook below. */
const CLOSED_MODULE_MEMBERS = ["register", "registerHooks", "runMain", "_preloadModules", "_initPaths"];

/**
 * Takes away what Node's permission model leaves open, in the realm that calls it, before code of others runs there: the
 * modules of Node that are not among `OPEN_MODULES` (node:sqlite writes files whatever the model allows), signals to other
 * processes, native code, and connections also where the model does not know of them (Node 24).
 */
export function closeRealm(): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      requireOpen(specifier);
      const resolved = nextResolve(specifier, context);
      requireOpen(resolved.url);
      return resolved;
    },
  });
  const getBuiltinModule = process.getBuiltinModule.bind(process);
  process.getBuiltinModule = ((name: string): unknown => {
    requireOpen(name);
    return getBuiltinModule(name);
  }) as typeof process.getBuiltinModule;
  for (const member of CLOSED_PROCESS_MEMBERS) remove(process, member);
  for (const member of CLOSED_GLOBALS) remove(globalThis, member);
  for (const member of CLOSED_MODULE_MEMBERS) remove(Module, member);
  syncBuiltinESMExports();
}

/** @throws Error that says which module a policy may not have. */
function requireOpen(specifier: string): void {
  const isBuiltin = specifier.startsWith("node:") || Module.isBuiltin(specifier);
  const name = specifier.replace(/^node:/, "");
  if (isBuiltin && !OPEN_MODULES.has(name)) throw new Error(`a policy may not use the module node:${name}`);
}

/** Deleting does not evaluate a global that Node makes when it is first read, as redefining it would. */
function remove(target: object, member: string): void {
  if (Reflect.deleteProperty(target, member)) return;
  throw new Error(`Node does not let go of ${member}, which is closed to policies`);
}
