import { build } from "vite";

// Tests build the page, too, in their environment: in any but this one elements get the names of their source files.
process.env["NODE_ENV"] = "production";

/** Builds the page into `page`. `scripts/build-page.js` calls it when the sources have changed. */
await build({ configFile: `${import.meta.dirname}/vite.config.ts`, logLevel: "warn" });
