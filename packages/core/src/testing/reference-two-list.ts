/**
 * Linux's active and inactive lists written to be read, not to be fast: the oracle for the kernel's `two-list`. Whole
 * arrays, searched and filtered; the first entry of a list is its oldest page.
 */
export type TwoListAccess = {
  readonly page: string;
  readonly kind: "anonymous" | "mapped" | "cached";
  readonly isStore: boolean;
};

type Resident = {
  readonly page: string;
  readonly kind: TwoListAccess["kind"];
  list: "inactive" | "active";
  accessed: boolean;
  referenced: boolean;
  dirty: boolean;
  spared: boolean;
};

export class ReferenceTwoList {
  readonly misses: string[] = [];
  readonly activatedRefaults: string[] = [];
  readonly evictions: string[] = [];
  private readonly frames: number;
  private readonly swappiness: number;
  /** In the order of their lists: of two pages of one list the one further left is older. */
  private pages: Resident[] = [];
  private readonly evictedAt = new Map<string, number>();
  private ticks = 0;
  private readonly disturbed = new Set<string>();
  private anonymousShare = 0;

  constructor(frames: number, swappiness: number) {
    this.frames = frames;
    this.swappiness = swappiness;
  }

  access({ page, kind, isStore }: TwoListAccess): void {
    const found = this.pages.find((resident) => resident.page === page) ?? this.load(page, kind);
    if (kind === "cached") this.read(found);
    else found.accessed = true;
    if (isStore) found.dirty = true;
  }

  private load(page: string, kind: TwoListAccess["kind"]): Resident {
    this.misses.push(page);
    if (this.pages.length === this.frames) this.evict();
    const isBack = this.isBackInTime(page, kind);
    this.evictedAt.delete(page);
    const list = isBack ? "active" : "inactive";
    const resident: Resident = { page, kind, list, accessed: false, referenced: false, dirty: false, spared: false };
    if (isBack) {
      this.ticks += 1;
      this.activatedRefaults.push(page);
      this.disturbed.add(typeOf(kind));
    }
    this.pages.push(resident);
    return resident;
  }

  private isBackInTime(page: string, kind: TwoListAccess["kind"]): boolean {
    const then = this.evictedAt.get(page);
    if (then === undefined) return false;
    const ownActive = this.listed(typeOf(kind), "active").length;
    const others = this.pages.filter((other) => typeOf(other.kind) !== typeOf(kind)).length;
    return this.ticks - then <= ownActive + others;
  }

  private read(resident: Resident): void {
    if (resident.referenced && resident.list === "inactive") {
      resident.referenced = false;
      this.moveTo(resident, "active");
      this.ticks += 1;
    } else resident.referenced = true;
  }

  private evict(): void {
    const type = this.typeToEvict();
    if (this.disturbed.delete(type)) this.deactivateOldest(type);
    let victim: Resident | undefined;
    while (victim === undefined) {
      while (this.isInactiveShort(type)) this.deactivateOldest(type);
      const [oldest] = this.listed(type, "inactive");
      if (oldest === undefined) throw new Error(`no ${type} page to evict`);
      if (oldest.kind !== "cached" && oldest.accessed) this.giveSecondChance(oldest);
      else if (type === "file" && oldest.dirty && !oldest.spared) {
        Object.assign(oldest, { spared: true, referenced: false });
        this.moveTo(oldest, "inactive");
      } else victim = oldest;
    }
    const evicted = victim;
    this.pages = this.pages.filter((resident) => resident !== evicted);
    this.evictedAt.set(evicted.page, this.ticks);
    this.ticks += 1;
    this.evictions.push(evicted.page);
  }

  private giveSecondChance(oldest: Resident): void {
    const isKnown = oldest.referenced;
    Object.assign(oldest, { accessed: false, referenced: true });
    this.moveTo(oldest, isKnown ? "active" : "inactive");
    if (isKnown) this.ticks += 1;
  }

  private typeToEvict(): "anonymous" | "file" {
    const file = this.pages.filter(({ kind }) => typeOf(kind) === "file").length;
    const anonymous = this.pages.length - file;
    if (anonymous === 0) return "file";
    if (file === 0) return "anonymous";
    const hasCold = this.listed("file", "inactive").length > 0;
    if (hasCold && !this.disturbed.has("file") && !this.isInactiveShort("file")) return "file";
    const weights = [anonymous * this.swappiness, file * (200 - this.swappiness)];
    this.anonymousShare += Math.floor((65_536 * weights[0]) / (weights[0] + weights[1]));
    if (this.anonymousShare < 65_536) return "file";
    this.anonymousShare -= 65_536;
    return "anonymous";
  }

  /** Below 1 GiB of a type its inactive list is to be no shorter than its active one. */
  private isInactiveShort(type: string): boolean {
    return this.listed(type, "inactive").length < this.listed(type, "active").length;
  }

  private deactivateOldest(type: string): void {
    const [oldest] = this.listed(type, "active");
    if (oldest === undefined) return;
    oldest.accessed = false;
    this.moveTo(oldest, "inactive");
  }

  private listed(type: string, list: Resident["list"]): Resident[] {
    return this.pages.filter((resident) => typeOf(resident.kind) === type && resident.list === list);
  }

  private moveTo(resident: Resident, list: Resident["list"]): void {
    resident.list = list;
    this.pages = [...this.pages.filter((other) => other !== resident), resident];
  }
}

function typeOf(kind: TwoListAccess["kind"]): "anonymous" | "file" {
  return kind === "anonymous" ? "anonymous" : "file";
}
