import { totalmem } from "node:os";
import { resolve } from "node:path";
import { type Problem, problemsError } from "@ballast/core/errors";
import { defaultDataFolder } from "@ballast/embedded-postgres";
import { CONFIGURATION_FILE, type ConfigurationFile, readConfigurationFile } from "./configuration-file.ts";
import type { Reading } from "./setting.ts";
import {
  DEFAULT_MAX_CLIENT_OPERATIONS,
  DEFAULT_MAX_CONNECTION_OPERATIONS,
  DEFAULT_MAX_CONNECTIONS,
  type LogLevel,
  type SettingName,
  SETTINGS,
} from "./settings.ts";

/** All that is decided outside of the database, read once at the start. */
export type Configuration = {
  /** Undefined: Ballast runs a Postgres of its own in `dataFolder`. */
  readonly databaseUrl: string | undefined;
  readonly dataFolder: string;
  /** Where policies are looked for, in this order. */
  readonly folders: readonly string[];
  readonly host: string;
  readonly port: number;
  readonly token: string | undefined;
  /** Of clients, at the same time. */
  readonly maxConnections: number;
  /** A reader of events that takes nothing of a message for so long is ended. */
  readonly readerStallMs: number;
  /** Most that may wait for all readers of events together. */
  readonly readerBufferBytes: number;
  /** GraphQL operations under way in one WebSocket. */
  readonly maxConnectionOperations: number;
  /** GraphQL operations under way of one address. */
  readonly maxClientOperations: number;
  /** npm packages of policies that do not come with Ballast. */
  readonly policies: readonly string[];
  /** Memory that the runs of this process may need in all, in bytes. */
  readonly runMemoryBytes: number;
  /** For what is kept of moments; undefined: as much as `History` takes by itself. */
  readonly momentMemoryBytes: number | undefined;
  /** How far policies may go, where that is not left to the defaults. */
  readonly policyLimits: { readonly callMs?: number; readonly loadMs?: number; readonly memoryBytes?: number };
  /** Files in it may be imported through the API; undefined: none. */
  readonly traceFolder: string | undefined;
  /** Most bytes that a compressed trace may expand to. */
  readonly traceBytes: number;
  /** Least wall time between two checkpoints of a run; undefined: as `ExecutionSettings` has it. */
  readonly checkpointMs: number | undefined;
  readonly logLevel: LogLevel;
};

export type ConfigurationSources = {
  /** From the command line, by the name of the setting; they win over everything. */
  readonly flags?: Readonly<Partial<Record<SettingName, string>>>;
  /** They win over the file. An empty variable counts as not set. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where ballast.config.json is looked for, in this order. */
  readonly folders: readonly string[];
};

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = 4000;
const DEFAULT_READER_STALL_S = 30;
const DEFAULT_READER_BUFFER_BYTES = 256 * 2 ** 20;
const DEFAULT_TRACE_BYTES = 64 * 2 ** 30;

/** Throws one INPUT_INVALID with every problem of every source. */
export function readConfiguration(sources: ConfigurationSources): Configuration {
  const file = readConfigurationFile(sources.folders);
  const problems: Problem[] = unknownKeys(file);
  const read = <Name extends SettingName>(name: Name): ValueOf<Name> | undefined => {
    const given = findGiven(name, sources, file);
    if (given === undefined) return undefined;
    const reading = SETTINGS[name].read(given.value) as Reading<ValueOf<Name>>;
    if ("value" in reading) return reading.value;
    problems.push({ path: given.place, message: reading.problem });
    return undefined;
  };
  const configuration = {
    databaseUrl: read("databaseUrl"),
    dataFolder: resolve(read("dataFolder") ?? defaultDataFolder()),
    folders: sources.folders,
    host: read("host") ?? DEFAULT_HOST,
    port: read("port") ?? DEFAULT_PORT,
    token: read("token"),
    maxConnections: read("maxConnections") ?? DEFAULT_MAX_CONNECTIONS,
    readerStallMs: (read("readerStallSeconds") ?? DEFAULT_READER_STALL_S) * 1_000,
    readerBufferBytes: read("readerBuffer") ?? DEFAULT_READER_BUFFER_BYTES,
    maxConnectionOperations: read("maxConnectionOperations") ?? DEFAULT_MAX_CONNECTION_OPERATIONS,
    maxClientOperations: read("maxClientOperations") ?? DEFAULT_MAX_CLIENT_OPERATIONS,
    policies: read("policies") ?? [],
    runMemoryBytes: read("runMemory") ?? defaultRunMemory(),
    momentMemoryBytes: read("momentMemory"),
    policyLimits: definedOnly({
      callMs: read("policyCallMs"),
      loadMs: read("policyLoadMs"),
      memoryBytes: read("policyMemory"),
    }),
    traceFolder: folderOf(read("traceFolder")),
    traceBytes: read("traceBytes") ?? DEFAULT_TRACE_BYTES,
    checkpointMs: read("checkpointMs"),
    logLevel: read("logLevel") ?? "warn",
  };
  if (problems.length > 0) throw problemsError("INPUT_INVALID", "The configuration is wrong", problems);
  return configuration;
}

/** The rest is for Postgres, answers and the system. A container may have less than its machine. */
function defaultRunMemory(): number {
  const constrained = process.constrainedMemory();
  const bytes = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.floor(bytes * 0.75);
}

function folderOf(given: string | undefined): string | undefined {
  return given === undefined ? undefined : resolve(given);
}

/** Without the values that are undefined. */
function definedOnly<Values extends Record<string, number | undefined>>(values: Values): { [Key in keyof Values]?: number } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Values]?: number;
  };
}

type ValueOf<Name extends SettingName> = Extract<ReturnType<(typeof SETTINGS)[Name]["read"]>, { readonly value: unknown }>["value"];

function findGiven(
  name: SettingName,
  { flags = {}, environment }: ConfigurationSources,
  file: ConfigurationFile | undefined,
): { readonly value: unknown; readonly place: string } | undefined {
  const flag = flags[name];
  if (flag !== undefined) return { value: flag, place: `--${name}` };
  const { variable, key } = SETTINGS[name];
  const inEnvironment = environment[variable];
  if (inEnvironment !== undefined && inEnvironment !== "") return { value: inEnvironment, place: variable };
  if (key === null || file === undefined || !Object.hasOwn(file.content, key)) return undefined;
  return { value: file.content[key], place: `${file.path} /${key}` };
}

function unknownKeys(file: ConfigurationFile | undefined): Problem[] {
  if (file === undefined) return [];
  const known = Object.values(SETTINGS).flatMap(({ key }) => (key === null ? [] : [key]));
  return Object.keys(file.content)
    .filter((key) => key !== "$schema" && !known.some((name) => name === key))
    .map((key) => ({
      path: `${file.path} /${key}`,
      message:
        key === "token"
          ? `does not belong into a file: set ${SETTINGS.token.variable} in the environment`
          : `is no setting of ${CONFIGURATION_FILE}; there are: ${known.join(", ")}`,
    }));
}
