/** Writes scenario.schema.json anew: `node scenarios/write-schema.ts`. A test in core holds the file current. */
import { writeFileSync } from "node:fs";
import { scenarioJsonSchema } from "../packages/core/src/scenario/index.ts";

writeFileSync(new URL("./scenario.schema.json", import.meta.url), `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
