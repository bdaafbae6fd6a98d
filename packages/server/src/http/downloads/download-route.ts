import { countingOperations } from "../count-operation.ts";
import type { Handler } from "../exchange.ts";
import { RefusedRequest } from "../http-error.ts";
import type { Route } from "../route.ts";
import { answerExperimentReport, answerRunReport, type ReportPages } from "./answer-report.ts";
import { answerExperimentTable, answerListTable, answerRunTable, EXPERIMENT_TABLES } from "./answer-table.ts";
import { answerTrace } from "./answer-trace.ts";
import { type FormatName, FORMATS, isFormat } from "./formats.ts";
import { LIST_TABLES } from "./list-tables.ts";
import { RUN_TABLES } from "./run-tables.ts";

/** Files of runs and experiments, by an address that ends in their format; undefined for other addresses. */
export function downloadRoute(path: string, reports: ReportPages | undefined): Route | undefined {
  const [, first = "", id, file, ...rest] = path.split("/");
  if (rest.length > 0) return undefined;
  if (id === undefined) return listRoute(first);
  if (file === undefined) return undefined;
  if (first === "runs") return runRoute(id, file, reports);
  return first === "experiments" ? experimentRoute(id, file, reports) : undefined;
}

function listRoute(file: string): Route | undefined {
  const { table, format } = split(file);
  if (!isOf(LIST_TABLES, table) || format === undefined) return undefined;
  return findFile(file, {
    folder: "",
    files: {},
    tables: LIST_TABLES,
    handlerOf: (name, to) => (exchange) => answerListTable(exchange, name, to),
  });
}

function runRoute(id: string, file: string, reports: ReportPages | undefined): Route | undefined {
  const files: Files = {
    "trace.json": (exchange) => answerTrace(exchange, id),
    ...(reports === undefined ? {} : { "report.html": (exchange) => answerRunReport(exchange, id, reports) }),
  };
  const handlerOf: HandlerOf<typeof RUN_TABLES> = (name, format) => (exchange) => answerRunTable(exchange, id, name, format);
  return findFile(file, { folder: "/runs/:id", files, tables: RUN_TABLES, handlerOf });
}

function experimentRoute(id: string, file: string, reports: ReportPages | undefined): Route | undefined {
  const files: Files = reports === undefined ? {} : { "report.html": (exchange) => answerExperimentReport(exchange, id, reports) };
  const handlerOf: HandlerOf<typeof EXPERIMENT_TABLES> = (name, format) => (exchange) => answerExperimentTable(exchange, id, name, format);
  return findFile(file, { folder: "/experiments/:id", files, tables: EXPERIMENT_TABLES, handlerOf });
}

type Files = Readonly<Record<string, Handler>>;
type HandlerOf<Tables> = (name: keyof Tables, format: FormatName) => Handler;

type Folder<Tables extends object> = {
  /** As routes name it. */
  readonly folder: string;
  readonly files: Files;
  /** In every format. */
  readonly tables: Tables;
  readonly handlerOf: HandlerOf<Tables>;
};

/** A file that there is not gets an answer that names those that there are; a place without an end is something else. */
function findFile<Tables extends object>(file: string, { folder, files, tables, handlerOf }: Folder<Tables>): Route | undefined {
  if (Object.hasOwn(files, file)) return fileRoute(`${folder}/${file}`, files[file]!);
  const { table, format } = split(file);
  if (format === undefined) return undefined;
  if (isOf(tables, table) && isFormat(format)) return fileRoute(`${folder}/${table}.${format}`, handlerOf(table, format));
  return fileRoute(`${folder}/(unknown file)`, () => refuse(file, Object.keys(tables), Object.keys(files)));
}

function fileRoute(name: string, handler: Handler): Route {
  return { name, methods: ["GET"], access: "token", handler: countingOperations(handler) };
}

function split(file: string): { readonly table: string; readonly format: string | undefined } {
  const dot = file.lastIndexOf(".");
  return dot < 0 ? { table: file, format: undefined } : { table: file.slice(0, dot), format: file.slice(dot + 1) };
}

function isOf<Tables extends object>(tables: Tables, name: PropertyKey): name is keyof Tables {
  return Object.hasOwn(tables, name);
}

function refuse(file: string, tables: readonly string[], files: readonly string[]): never {
  const others = files.length === 0 ? "" : `; and ${files.join(", ")}`;
  const known = `${tables.join(", ")}, each as ${Object.keys(FORMATS).join(", ")}${others}`;
  throw new RefusedRequest("NOT_FOUND", `there is no file ${JSON.stringify(file.slice(0, 100))} here: there are ${known}`);
}
