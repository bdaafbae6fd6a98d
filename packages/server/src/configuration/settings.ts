import { readByteSize, readChoice, readConnectionString, readCount, readList, readPort, readText, type Setting } from "./setting.ts";

export const LOG_LEVELS = ["silent", "error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A WebSocket or a stream is one connection, and a browser opens six; a silent one takes some 20 KB. */
export const DEFAULT_MAX_CONNECTIONS = 4_000;
export const DEFAULT_MAX_CONNECTION_OPERATIONS = 128;
export const DEFAULT_MAX_CLIENT_OPERATIONS = 2_048;

/** Every setting there is. docs/cli.md repeats this table, and a test holds the two together. */
export const SETTINGS = {
  databaseUrl: {
    variable: "DATABASE_URL",
    key: "databaseUrl",
    description: "Postgres 15 or newer to use; by default Ballast starts its own",
    read: readConnectionString,
  },
  dataFolder: {
    variable: "BALLAST_DATA_FOLDER",
    key: "dataFolder",
    description: "where Ballast's own Postgres keeps its data; by default .ballast/postgres in the project",
    read: readText,
  },
  host: {
    variable: "HOST",
    key: "host",
    description: "address to listen on; by default 127.0.0.1. Any other needs a token",
    read: readText,
  },
  port: {
    variable: "PORT",
    key: "port",
    description: "port to listen on, 0 for any free one; by default 4000",
    read: readPort,
  },
  token: {
    variable: "BALLAST_TOKEN",
    key: null,
    description: "secret that clients send as `Authorization: Bearer ...`; by default none is asked for on this machine",
    read: readText,
  },
  maxConnections: {
    variable: "BALLAST_MAX_CONNECTIONS",
    key: "maxConnections",
    description: `connections that the server holds at the same time; by default ${DEFAULT_MAX_CONNECTIONS}`,
    read: readCount,
  },
  readerStallSeconds: {
    variable: "BALLAST_READER_STALL_SECONDS",
    key: "readerStallSeconds",
    description: "a reader of events that takes nothing of a message for so long is ended, with its cursor; by default 30",
    read: readCount,
  },
  readerBuffer: {
    variable: "BALLAST_READER_BUFFER",
    key: "readerBuffer",
    description:
      "most bytes that may wait for all readers of events together, such as 1 GiB: beyond, the slowest are ended; by default 256 MiB",
    read: readByteSize,
  },
  maxConnectionOperations: {
    variable: "BALLAST_MAX_CONNECTION_OPERATIONS",
    key: "maxConnectionOperations",
    description: `operations that one WebSocket may have under way, subscriptions included; by default ${DEFAULT_MAX_CONNECTION_OPERATIONS}`,
    read: readCount,
  },
  maxClientOperations: {
    variable: "BALLAST_MAX_CLIENT_OPERATIONS",
    key: "maxClientOperations",
    description: `operations that one address may have under way, over all of its connections; by default ${DEFAULT_MAX_CLIENT_OPERATIONS}`,
    read: readCount,
  },
  policies: {
    variable: "BALLAST_POLICIES",
    key: "policies",
    description: "npm packages of further policies, besides those that come with Ballast; by default none",
    read: readList,
  },
  runMemory: {
    variable: "BALLAST_RUN_MEMORY",
    key: "runMemory",
    description:
      "memory that runs may need, such as 6 GiB: a larger one is refused, others wait; by default three quarters of the machine's",
    read: readByteSize,
  },
  momentMemory: {
    variable: "BALLAST_MOMENT_MEMORY",
    key: "momentMemory",
    description: "memory that a server keeps for moments that were asked for lately, such as 1 GiB; by default 512 MiB",
    read: readByteSize,
  },
  policyCallMs: {
    variable: "BALLAST_POLICY_CALL_MS",
    key: "policyCallMs",
    description: "wall time that one call of a policy may take, in ms; by default 5000",
    read: readCount,
  },
  policyLoadMs: {
    variable: "BALLAST_POLICY_LOAD_MS",
    key: "policyLoadMs",
    description: "wall time until a policy that does not come with Ballast is imported, in ms; by default 10000",
    read: readCount,
  },
  policyMemory: {
    variable: "BALLAST_POLICY_MEMORY",
    key: "policyMemory",
    description: "memory of the process of a policy that does not come with Ballast, Node's own included; by default 512 MiB",
    read: readByteSize,
  },
  traceFolder: {
    variable: "BALLAST_TRACE_FOLDER",
    key: "traceFolder",
    description: "folder whose files the API may import as traces; by default none: it takes only what is sent to it",
    read: readText,
  },
  traceBytes: {
    variable: "BALLAST_TRACE_BYTES",
    key: "traceBytes",
    description: "most bytes that a compressed trace may expand to, such as 200 GiB; by default 64 GiB, and 1 GiB if it is sent to the API",
    read: readByteSize,
  },
  checkpointMs: {
    variable: "BALLAST_CHECKPOINT_MS",
    key: "checkpointMs",
    description:
      "shortest time between two checkpoints of a run, from which it continues after a crash, in ms of wall time; by default 2000",
    read: readCount,
  },
  logLevel: {
    variable: "BALLAST_LOG_LEVEL",
    key: "logLevel",
    description: "silent, error, warn, info or debug: what the server logs, as JSON lines on stderr; by default warn",
    read: readChoice(LOG_LEVELS),
  },
} as const satisfies Readonly<Record<string, Setting<unknown>>>;

export type SettingName = keyof typeof SETTINGS;
