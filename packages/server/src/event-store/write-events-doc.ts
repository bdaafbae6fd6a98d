import { writeFileSync } from "node:fs";
import { describeEvents } from "./events-doc.ts";

writeFileSync(new URL("../../../../docs/events.md", import.meta.url), describeEvents());
