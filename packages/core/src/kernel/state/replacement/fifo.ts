import type { RealPage } from "../../../ids/index.ts";
import { ListReplacement } from "./list-replacement.ts";
import type { PageFilter } from "./replacement-list.ts";

/** First in, first out. */
export class Fifo extends ListReplacement {
  readonly notifiedAccesses = "none";

  chooseVictim(mayLeave: PageFilter | null): RealPage {
    return this.firstLeaving(mayLeave);
  }
}
