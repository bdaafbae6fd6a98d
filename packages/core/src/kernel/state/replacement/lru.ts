import type { RealPage } from "../../../ids/index.ts";
import { ListReplacement } from "./list-replacement.ts";
import type { PageFilter } from "./replacement-list.ts";

/** Exact least recently used: the order of last accesses. */
export class Lru extends ListReplacement {
  readonly notifiedAccesses = "latest";

  chooseVictim(mayLeave: PageFilter | null): RealPage {
    return this.firstLeaving(mayLeave);
  }
}
