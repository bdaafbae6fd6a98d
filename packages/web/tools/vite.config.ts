import { dirname, join } from "node:path";
import { defineConfig } from "vite";

const FOLDER = dirname(import.meta.dirname);
/** `BALLAST_URL=http://127.0.0.1:4000 npx vite -c packages/web/tools/vite.config.ts` serves the page from its sources beside a running server. */
const SERVER = process.env["BALLAST_URL"] ?? "http://127.0.0.1:4000";

/** Parts of `src` that nearly every screen loads, and `preact` below them. */
const OF_EVERY_SCREEN =
  /\/web\/src\/(main|page-paths|shell|address|format|api\/(ask|use-answer|immutable|request|connection|api-error|token|server-facts)|design\/(answered|facts|field|notice|panel|skeleton|status-tag|query-link|copy-text|download-link|save-file|token-value)\b)|\/@?preact\/|vite\/preload-helper/;
/** What the screens of a run have in common. */
const OF_EVERY_RUN_SCREEN = /\/web\/src\/run\/(run-(frame|head|progress|hrefs)|position|selection|(vm|event|carried)-words)/;

/**
 * Without these groups each set of screens that shares a module gets a file for it: many small files, which compress badly.
 * The first takes along what it imports; the second does not, because screens without a run load some of that, too.
 */
const GROUPS = [
  { name: "page", test: OF_EVERY_SCREEN, priority: 1 },
  { name: "run", test: OF_EVERY_RUN_SCREEN, includeDependenciesRecursively: false },
];

export default defineConfig({
  root: FOLDER,
  build: {
    outDir: join(FOLDER, "page"),
    emptyOutDir: true,
    // Tells which files a screen loads.
    manifest: "manifest.json",
    target: "es2023",
    // The server allows no inline images, fonts or scripts: see its content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: { groups: GROUPS } } },
  },
  server: {
    proxy: {
      "^/": {
        target: SERVER,
        // The server refuses requests whose Origin is another one than their Host.
        headers: { origin: SERVER },
        changeOrigin: true,
        bypass: ({ url = "/", headers }) =>
          headers.accept?.includes("text/html") === true || /^\/(@|src|node_modules)/.test(url) ? url : undefined,
      },
    },
  },
});
