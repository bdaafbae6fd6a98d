import { readFileSync, writeFileSync } from "node:fs";
import { errorsPage } from "./errors-page.ts";
import { metricsPage } from "./metrics-page.ts";
import { withWorkloadTable } from "./workload-table.ts";

// Writes every document that is made from the sources.
writeFileSync(new URL("../errors.md", import.meta.url), errorsPage());
writeFileSync(new URL("../metrics.md", import.meta.url), metricsPage());

const scenarios = new URL("../scenarios.md", import.meta.url);
writeFileSync(scenarios, withWorkloadTable(readFileSync(scenarios, "utf8")));
