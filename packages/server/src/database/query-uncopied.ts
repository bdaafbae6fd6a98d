import { assert } from "@ballast/core/assert";
import pg from "pg";

export type UncopiedQuery = {
  /** Of the prepared statement. */
  readonly name: string;
  readonly text: string;
  /** Of all parameters but the last. */
  readonly values: readonly unknown[];
  /** The last parameter, a bytea. It is read until the query is over. */
  readonly last: Uint8Array;
};

/**
 * A query whose last parameter goes from its own memory into the socket. The driver copies all parameters into one message, in a
 * buffer that it makes for it: megabytes of garbage with every commit.
 */
export async function queryUncopied(client: pg.PoolClient, { name, text, values, last }: UncopiedQuery): Promise<pg.QueryResult> {
  return await new Promise((resolve, reject) => {
    const config = { name, text, values: [...values, Buffer.alloc(0)] };
    const query = new QueryWithLast(config, undefined, (error, result) => {
      if (error === null) resolve(result);
      else reject(error);
    });
    query.last = last;
    client.query(query);
  });
}

type Connection = Parameters<pg.Submittable["submit"]>[0];
type Write = (bytes: Uint8Array) => boolean;
type QueryConfig = { readonly name: string; readonly text: string; readonly values: unknown[] };
type QueryCallback = (error: Error | null, result: pg.QueryResult) => void;

/** The class of the driver's own queries, of which its types do not tell. */
const Query = pg.Query as unknown as new (
  config: QueryConfig,
  values: undefined,
  callback: QueryCallback,
) => { submit(connection: Connection): void };

class QueryWithLast extends Query {
  last: Uint8Array = new Uint8Array(0);

  /** All messages of a query are written here, one by one. */
  override submit(connection: Connection): void {
    const { stream } = connection;
    const write = stream.write.bind(stream) as Write;
    Object.assign(stream, { write: (message: Buffer) => (message[0] === BIND ? this.#writeBind(message, write) : write(message)) });
    try {
      return super.submit(connection);
    } finally {
      Reflect.deleteProperty(stream, "write");
    }
  }

  /** The driver's message has the last parameter empty: both lengths grow, and its bytes come between. */
  #writeBind(message: Buffer, write: Write): boolean {
    const end = message.length - TRAILER_BYTES;
    const [ofMessage, ofLast] = [KIND_BYTES, end - LENGTH_BYTES];
    assert(
      message.readInt32BE(ofMessage) === message.length - KIND_BYTES && message.readInt32BE(ofLast) === 0,
      "the driver's Bind message is another one",
    );
    message.writeInt32BE(message.length - KIND_BYTES + this.last.length, ofMessage);
    message.writeInt32BE(this.last.length, ofLast);
    write(message.subarray(0, end));
    write(this.last);
    return write(message.subarray(end));
  }
}

/** A message of Postgres' protocol: its kind, its length without the kind, and what it says. */
const BIND = "B".charCodeAt(0);
const KIND_BYTES = 1;
const LENGTH_BYTES = 4;
/** Behind the parameters: one format code for all columns of the result. */
const TRAILER_BYTES = 4;
