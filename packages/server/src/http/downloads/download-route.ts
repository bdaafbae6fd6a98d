import { countingOperations } from "../count-operation.ts";
import type { Handler } from "../exchange.ts";
import { RefusedRequest } from "../http-error.ts";
import type { Route } from "../route.ts";
import { answerExperimentTable, answerListTable, answerRunTable, EXPERIMENT_TABLES } from "./answer-table.ts";
import { type FormatName, FORMATS, isFormat } from "./formats.ts";
import { LIST_TABLES } from "./list-tables.ts";
import { RUN_TABLES } from "./run-tables.ts";

/** Files of runs and experiments, by an address that ends in their format; undefined for other addresses. */
export function downloadRoute(path: string): Route | undefined {
  const [, first = "", id, file, ...rest] = path.split("/");
  if (rest.length > 0) return undefined;
  if (id === undefined) return listRoute(first);
  if (file === undefined) return undefined;
  if (first === "runs") return runRoute(id, file);
  return first === "experiments" ? experimentRoute(id, file) : undefined;
}

function listRoute(file: string): Route | undefined {
  const { table, format } = split(file);
  return isOf(LIST_TABLES, table) && format !== undefined
    ? tableRoute("", file, LIST_TABLES, (name, to) => (exchange) => answerListTable(exchange, name, to))
    : undefined;
}

function runRoute(id: string, file: string): Route | undefined {
  return tableRoute("/runs/:id", file, RUN_TABLES, (name, format) => (exchange) => answerRunTable(exchange, id, name, format));
}

function experimentRoute(id: string, file: string): Route | undefined {
  return tableRoute(
    "/experiments/:id",
    file,
    EXPERIMENT_TABLES,
    (name, format) => (exchange) => answerExperimentTable(exchange, id, name, format),
  );
}

/** A file that none of the tables and formats is gets an answer that names them; a place without an end is something else. */
function tableRoute<Tables extends object>(
  folder: string,
  file: string,
  tables: Tables,
  handlerOf: (name: keyof Tables, format: FormatName) => Handler,
): Route | undefined {
  const { table, format } = split(file);
  if (format === undefined) return undefined;
  if (!isOf(tables, table) || !isFormat(format)) return fileRoute(`${folder}/(unknown file)`, () => refuse(file, Object.keys(tables)));
  return fileRoute(`${folder}/${table}.${format}`, handlerOf(table, format));
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

function refuse(file: string, tables: readonly string[]): never {
  const message = `there is no file ${JSON.stringify(file.slice(0, 100))} here: there are ${tables.join(", ")}, each as ${Object.keys(FORMATS).join(", ")}`;
  throw new RefusedRequest("NOT_FOUND", message);
}
