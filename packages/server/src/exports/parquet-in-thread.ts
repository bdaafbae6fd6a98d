import { on } from "node:events";
import { Worker } from "node:worker_threads";
import { assert } from "@ballast/core/assert";
import type { FromParquetThread, ParquetWork, ToParquetThread } from "./parquet-worker.ts";
import type { ExportColumn, ExportTable } from "./table.ts";

/** What Node runs: the source, or what was built from it. */
const ENTRY = new URL(`parquet-worker${import.meta.url.endsWith(".ts") ? ".ts" : ".js"}`, import.meta.url);

/**
 * As `parquetBytes`, in a thread: a row group of events takes about a second to encode, in which a server could do nothing else.
 * Rows are sent to it a block at a time, when it asks for them.
 * @throws what the table's rows throw; the thread's error.
 */
export async function* parquetBytesInThread({ columns, metadata, rows }: ExportTable): AsyncGenerator<Uint8Array, void, void> {
  const worker = new Worker(ENTRY, {
    workerData: { columns: columns.map(plainColumn), metadata } satisfies ParquetWork,
    name: "ballast parquet",
  });
  const blocks = rows[Symbol.asyncIterator]();
  try {
    for await (const [message] of on(worker, "message", { close: ["exit"] }) as AsyncIterable<[FromParquetThread]>) {
      if (message === "end") return;
      if (message !== "next") {
        yield message;
        continue;
      }
      const { done, value } = await blocks.next();
      worker.postMessage((done === true ? undefined : value) satisfies ToParquetThread);
    }
    assert(false, "the thread that writes Parquet has ended before its file");
  } finally {
    await blocks.return?.();
    await worker.terminate();
  }
}

/** Without what a table's column has besides: functions cannot be sent. */
function plainColumn({ name, kind, isRequired }: ExportColumn): ExportColumn {
  return { name, kind, ...(isRequired === undefined ? {} : { isRequired }) };
}
