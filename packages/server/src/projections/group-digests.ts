import { groupName, type RowGroup } from "./read-model-parts.ts";

/** By the group's name: how many rows it has, and their digest in hex. */
export type StoredGroupDigests = Readonly<Record<string, readonly [count: number, digest: string]>>;

type Digest = { count: number; xor: bigint };

/**
 * What tells whether a group of rows is complete, kept as rows come and go: their number, and the exclusive or of their checksums,
 * which does not depend on their order.
 */
export class GroupDigests {
  readonly #digests = new Map<string, Digest>();

  constructor(stored: StoredGroupDigests = {}) {
    for (const [name, [count, digest]] of Object.entries(stored)) this.#digests.set(name, { count, xor: BigInt(`0x${digest}`) });
  }

  add(group: RowGroup, checksum: Buffer): void {
    this.#change(groupName(group), 1, checksum);
  }

  /** Null: the row had lost its checksum; the group is damaged then, and stays so. */
  remove(group: RowGroup, checksum: Buffer | null): void {
    this.#change(groupName(group), -1, checksum);
  }

  #change(name: string, rows: 1 | -1, checksum: Buffer | null): void {
    const digest = this.#digests.get(name) ?? { count: 0, xor: 0n };
    digest.count += rows;
    digest.xor ^= checksumNumber(checksum);
    if (digest.count === 0 && digest.xor === 0n) this.#digests.delete(name);
    else this.#digests.set(name, digest);
  }

  /** Whether these are the checksums of all rows of a group. */
  isWhole(group: RowGroup, checksums: readonly (Buffer | null)[]): boolean {
    const { count, xor } = this.#digests.get(groupName(group)) ?? { count: 0, xor: 0n };
    return count === checksums.length && xor === checksums.reduce((all, checksum) => all ^ checksumNumber(checksum), 0n);
  }

  /** Rows of a table, in all of its groups. */
  countOf(table: string): number {
    return [...this.#digests].reduce((sum, [name, { count }]) => sum + (name.startsWith(`${table} `) ? count : 0), 0);
  }

  get names(): string[] {
    return [...this.#digests.keys()];
  }

  save(): StoredGroupDigests {
    return Object.fromEntries([...this.#digests].map(([name, { count, xor }]) => [name, [count, xor.toString(16)] as const]));
  }
}

function checksumNumber(checksum: Buffer | null): bigint {
  return checksum?.length === 8 ? checksum.readBigUInt64BE() : 0n;
}
