import { readFileSync, writeFileSync } from "node:fs";
import { errorsPage } from "./errors-page.ts";
import { eventsPage } from "./events-page.ts";
import { metricsPage } from "./metrics-page.ts";
import { TABLES, withTable } from "./tables.ts";

// Writes every document that is made from the sources.
writeFileSync(new URL("../errors.md", import.meta.url), errorsPage());
writeFileSync(new URL("../events.md", import.meta.url), eventsPage());
writeFileSync(new URL("../metrics.md", import.meta.url), metricsPage());

for (const table of TABLES) {
  const file = new URL(`../../${table.page}`, import.meta.url);
  writeFileSync(file, withTable(readFileSync(file, "utf8"), table));
}
