import { setTimeout as sleep } from "node:timers/promises";
import { type FollowOrder, READER_KINDS, type ReaderKind } from "./messages.ts";
import { StreamReader } from "./stream-reader.ts";

/** A process of its own with many readers: so that reading takes no time of the server's thread. */
/** All readers have begun after about so long. */
const BEGIN_MS = 2_000;
const readers: StreamReader[] = [];

process.on("message", (order: FollowOrder | "report") => {
  if (order === "report") process.send?.(readers.map((reader) => reader.report()));
  else void begin(order);
});

async function begin(order: FollowOrder): Promise<void> {
  const kinds = READER_KINDS.flatMap((kind) => new Array<ReaderKind>(order.counts[kind]).fill(kind));
  for (const [index, kind] of kinds.entries()) {
    readers.push(new StreamReader(kind, order));
    if (index % 10 === 9) await sleep((BEGIN_MS * 10) / kinds.length);
  }
}

process.on("disconnect", () => process.exit());
