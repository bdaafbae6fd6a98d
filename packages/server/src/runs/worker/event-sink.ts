import type { EventBatch } from "@ballast/core/events";
import type { DigestChain } from "../../event-store/index.ts";
import { cutBatch } from "./cut-batch.ts";
import type { CommitPipe } from "./commit-pipe.ts";

/** Where the events of a run go. */
export type EventSink = Pick<CommitPipe, "chain" | "push" | "drain" | "untilStored">;

/** Of a run that keeps only its figures: the events go into the digest, and nowhere else. */
export class DigestSink implements EventSink {
  readonly chain: DigestChain;

  constructor(chain: DigestChain) {
    this.chain = chain;
  }

  async push(batch: EventBatch, texts: readonly string[]): Promise<void> {
    this.chain.update(cutBatch(batch, 0, batch.length, this.chain.textCount, texts));
    await Promise.resolve();
  }

  async drain(): Promise<void> {
    await Promise.resolve();
  }

  async untilStored(): Promise<void> {
    await Promise.resolve();
  }
}
