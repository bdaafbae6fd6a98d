import { build } from "vite";

/** Builds the page into `page`. `scripts/build-page.js` calls it when the sources have changed. */
await build({ configFile: `${import.meta.dirname}/vite.config.ts`, logLevel: "warn" });
