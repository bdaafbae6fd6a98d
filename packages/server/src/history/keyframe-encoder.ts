import { machineFacts, tablesOf, type MachineTables, type MachineFacts } from "@ballast/core/memory";
import { findChanges } from "./find-changes.ts";
import { FACTS_ALONE } from "./keyframe-checks.ts";
import { compress, KeyframeParts, type RegionDirectory } from "./keyframe-parts.ts";
import { TileBase } from "./tile-base.ts";

/** What a keyframe says besides its parts: the facts of the machine, and what the parts cover. */
export type KeyframeFacts = { readonly machine: MachineFacts; readonly regions: RegionDirectory };

/** A keyframe ready to be stored: plain data, made in the thread of the machine and passed to the code that writes to Postgres. */
export type EncodedKeyframe = {
  readonly position: number;
  /** The keyframe it differs from; null: from blank tables, it is a full one, or it has no tables. */
  readonly basePosition: number | null;
  /** The full keyframe that everything rests on: itself if full; or FACTS_ALONE. */
  readonly fullPosition: number;
  readonly timeNs: number;
  /** Texts of the run known at the position. */
  readonly textCount: number;
  /** `KeyframeFacts` as JSON, zstd. */
  readonly facts: Uint8Array<ArrayBuffer>;
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
  readonly storedBytes: number;
};

/**
 * Events between keyframes of a level, and the bytes per event that a level may cost: if one was larger, the next of its
 * level waits longer. Those of facts have no tables; fine ones differ from the last coarse one, coarse ones from the last full one.
 */
const LEVELS = {
  full: { events: 1_048_576, bytesPerEvent: 2.5 },
  coarse: { events: 262_144, bytesPerEvent: 2.5 },
  fine: { events: 65_536, bytesPerEvent: 3 },
  facts: { events: 4_096, bytesPerEvent: 0.5 },
} as const;
type Level = keyof typeof LEVELS;

/**
 * Decides at the ends of commits whether a keyframe is due, and makes it. Which ones it makes follows from the events
 * and the commits alone.
 */
export class KeyframeEncoder {
  private readonly dueAt: Record<Level, number>;
  /** What the next coarse and the next fine keyframe differ from. */
  private full: TileBase | undefined;
  private coarse: TileBase | undefined;

  /** Keyframes are due by their distance from `startPosition`: 0, a fork's position, or where a run was resumed. */
  constructor(startPosition = 0) {
    const first = startPosition + LEVELS.fine.events;
    this.dueAt = { full: first, coarse: first, fine: first, facts: startPosition + LEVELS.facts.events };
  }

  /** Call after a commit whose last event is the machine's last; undefined if no keyframe is due. */
  offer(machine: MachineTables): EncodedKeyframe | undefined {
    const level = this.levelDue(machine);
    if (level === undefined) return undefined;
    if (level === "facts") return this.encodeFacts(machine);
    const base = level === "full" ? undefined : level === "coarse" ? this.full : this.coarse;
    const keyframe = this.encode(machine, base);
    if (level !== "fine") this.advanceBases(machine, level);
    this.schedule(level, keyframe);
    return keyframe;
  }

  private advanceBases(machine: MachineTables, level: "coarse" | "full"): void {
    this.coarse ??= new TileBase();
    this.coarse.advanceTo(machine);
    if (level === "full") this.full = this.coarse.clone();
  }

  /** What a run has come to is asked for most: at its end the facts are always due. */
  private levelDue({ position, ended }: MachineTables): Level | undefined {
    if (position >= this.dueAt.full) return "full";
    if (position >= this.dueAt.coarse) return "coarse";
    if (position >= this.dueAt.fine) return "fine";
    return ended || position >= this.dueAt.facts ? "facts" : undefined;
  }

  /** A keyframe also stands for the lower levels: theirs are due after it. */
  private schedule(level: Level, { position, storedBytes }: EncodedKeyframe): void {
    const { events, bytesPerEvent } = LEVELS[level];
    this.dueAt[level] = position + Math.max(events, Math.ceil(storedBytes / bytesPerEvent));
    if (level === "full") this.dueAt.coarse = position + LEVELS.coarse.events;
    if (level === "full" || level === "coarse") this.dueAt.fine = position + LEVELS.fine.events;
    if (level !== "facts") this.dueAt.facts = position + LEVELS.facts.events;
  }

  private encodeFacts(machine: MachineTables): EncodedKeyframe {
    const keyframe = keyframeOf(machine, compressFacts({ machine: machineFacts(machine), regions: {} }), [], {
      basePosition: null,
      fullPosition: FACTS_ALONE,
    });
    this.schedule("facts", keyframe);
    return keyframe;
  }

  private encode(machine: MachineTables, base: TileBase | undefined): EncodedKeyframe {
    const from = base ?? new TileBase();
    const packed = new KeyframeParts();
    for (const table of tablesOf(machine)) {
      for (const changes of findChanges(table, from)) packed.add(table.name, changes);
    }
    const facts = compressFacts({ machine: machineFacts(machine), regions: packed.regions });
    return keyframeOf(machine, facts, packed.parts, {
      basePosition: base?.position ?? null,
      fullPosition: base === undefined ? machine.position : (this.full?.position ?? base.position),
    });
  }
}

function compressFacts(facts: KeyframeFacts): Uint8Array<ArrayBuffer> {
  return compress(Buffer.from(JSON.stringify(facts)));
}

function keyframeOf(
  { position, timeNs, texts }: MachineTables,
  facts: Uint8Array<ArrayBuffer>,
  parts: EncodedKeyframe["parts"],
  base: Pick<EncodedKeyframe, "basePosition" | "fullPosition">,
): EncodedKeyframe {
  const storedBytes = parts.reduce((sum, part) => sum + part.length, facts.length);
  return { position, ...base, timeNs, textCount: texts.length - 1, facts, parts, storedBytes };
}
