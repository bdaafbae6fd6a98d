import { writeFileSync } from "node:fs";
import { printedSchema } from "./schema.ts";

/** Brings packages/server/schema.graphql up to date: `node packages/server/src/graphql/write-schema.ts`. */
writeFileSync(new URL("../../schema.graphql", import.meta.url), printedSchema());
