import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accountFor } from "./account.ts";

/** Oracle: Postgres' own rules, that it never runs as root and that its user must own the data folder. */
describe("the account that Postgres runs as", () => {
  const ownUid = process.getuid?.() ?? 0;
  const ownGid = process.getgid?.() ?? 0;
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ballast-account-"));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("is nobody for root where there are no data yet", () => {
    expect(accountFor(join(folder, "absent"), 0)).toEqual({ uid: 65534, gid: 65534 });
  });

  test("is the owner of the data for root, and nobody if root owns them", () => {
    const expected = ownUid === 0 ? { uid: 65534, gid: 65534 } : { uid: ownUid, gid: ownGid };
    expect(accountFor(folder, 0)).toEqual(expected);
  });

  test("is oneself for everybody else", () => {
    expect(accountFor(join(folder, "absent"), 1000)).toBeUndefined();
  });

  test("is refused to a user whose data belong to another, with both named", () => {
    expect(() => accountFor(folder, ownUid + 1)).toThrow(
      new RegExp(`${folder} belong to user ${ownUid}, but this is user ${ownUid + 1}\\..*chown -R.*DATABASE_URL`),
    );
  });
});
