import { parentPort, workerData } from "node:worker_threads";
import { assert } from "@ballast/core/assert";
import { parquetBytes } from "./parquet-bytes.ts";
import type { ExportTable, Row } from "./table.ts";

/** What begins the thread. */
export type ParquetWork = Pick<ExportTable, "columns" | "metadata">;
/** undefined: there are no more. */
export type ToParquetThread = readonly Row[] | undefined;
/** A piece of the file; or `next`: more rows are wanted; or `end`: the file is whole. */
export type FromParquetThread = Uint8Array<ArrayBuffer> | "next" | "end";

const port = parentPort;
assert(port !== null, "this file is the entry of a worker thread");

const send = (message: FromParquetThread): void => port.postMessage(message, message instanceof Uint8Array ? [message.buffer] : []);

async function* receivedRows(): AsyncGenerator<readonly Row[], void, void> {
  for (;;) {
    const received = Promise.withResolvers<ToParquetThread>();
    port!.once("message", received.resolve);
    send("next");
    const rows = await received.promise;
    if (rows === undefined) return;
    yield rows;
  }
}

for await (const piece of parquetBytes({ ...(workerData as ParquetWork), rows: receivedRows() })) send(Uint8Array.from(piece));
send("end");
