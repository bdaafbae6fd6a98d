import { writeFileSync } from "node:fs";
import { errorsPage } from "./errors-page.ts";

// Writes every document that is made from the sources.
writeFileSync(new URL("../errors.md", import.meta.url), errorsPage());
