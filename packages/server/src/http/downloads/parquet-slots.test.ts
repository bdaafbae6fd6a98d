import { Readable } from "node:stream";
import { expect, test } from "vitest";
import type { Services } from "../../api/services.ts";
import { inSlot } from "./parquet-slots.ts";

async function* pieces(): AsyncGenerator<Uint8Array, void, void> {
  yield await Promise.resolve(Buffer.from("PAR1"));
  yield Buffer.from("PAR1");
}

test("a server writes four Parquet files at a time, and the next one when one has ended or was left", async () => {
  const services = {} as Services;
  const files = Array.from({ length: 4 }, () => inSlot(services, pieces()));
  for (const file of files) await file.next();
  const refused = async (): Promise<void> => {
    await expect(inSlot(services, pieces()).next()).rejects.toMatchObject({ code: "SERVER_BUSY", status: 503 });
  };
  await refused();
  await files[0]!.return();
  const fifth = inSlot(services, pieces());
  expect((await fifth.next()).done).toBe(false);
  await refused();
  expect(await Readable.from(fifth).toArray()).toHaveLength(1);
  expect((await inSlot(services, pieces()).next()).done).toBe(false);
  expect((await inSlot({} as Services, pieces()).next()).done).toBe(false);
});
