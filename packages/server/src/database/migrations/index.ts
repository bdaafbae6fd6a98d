import type { Migration } from "kysely/migration";
import { eventStoreMigration } from "./0001-event-store.ts";
import { tracesMigration } from "./0002-traces.ts";
import { runsMigration } from "./0003-runs.ts";
import { historyMigration } from "./0004-history.ts";
import { readModelsMigration } from "./0005-read-models.ts";
import { keyframesAnewMigration } from "./0006-keyframes-anew.ts";
import { tracePageNamesMigration } from "./0007-trace-page-names.ts";
import { decisionsOfEventsMigration } from "./0008-decisions-of-events.ts";
import { layoutsMigration } from "./0009-layouts.ts";
import { eventValuesMigration } from "./0010-event-values.ts";
import { checksumsMigration } from "./0011-checksums.ts";
import { apiTokensMigration } from "./0012-api-tokens.ts";
import { runMemoryMigration } from "./0014-run-memory.ts";
import { descriptionsMigration } from "./0017-descriptions.ts";
import { deletedRunsMigration } from "./0018-deleted-runs.ts";
import { pageFiltersMigration } from "./0020-page-filters.ts";
import { queueMigration } from "./0022-queue.ts";
import { workersMigration } from "./0023-workers.ts";
import { keptFiguresMigration } from "./0024-kept-figures.ts";
import { runListsMigration } from "./0025-run-lists.ts";
import { virtualPageFiltersMigration } from "./0026-virtual-page-filters.ts";
import { experimentsMigration } from "./0027-experiments.ts";
import { runLabelsMigration } from "./0028-run-labels.ts";

/** Every migration by name, in order. A name and what it did never change once released. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "0001-event-store": eventStoreMigration,
  "0002-traces": tracesMigration,
  "0003-runs": runsMigration,
  "0004-history": historyMigration,
  "0005-read-models": readModelsMigration,
  "0006-keyframes-anew": keyframesAnewMigration,
  "0007-trace-page-names": tracePageNamesMigration,
  "0008-decisions-of-events": decisionsOfEventsMigration,
  "0009-layouts": layoutsMigration,
  "0010-event-values": eventValuesMigration,
  "0011-checksums": checksumsMigration,
  "0012-api-tokens": apiTokensMigration,
  "0014-run-memory": runMemoryMigration,
  "0017-descriptions": descriptionsMigration,
  "0018-deleted-runs": deletedRunsMigration,
  "0020-page-filters": pageFiltersMigration,
  "0022-queue": queueMigration,
  "0023-workers": workersMigration,
  "0024-kept-figures": keptFiguresMigration,
  "0025-run-lists": runListsMigration,
  "0026-virtual-page-filters": virtualPageFiltersMigration,
  "0027-experiments": experimentsMigration,
  "0028-run-labels": runLabelsMigration,
};
