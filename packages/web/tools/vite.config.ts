import { dirname, join } from "node:path";
import { defineConfig } from "vite";

const FOLDER = dirname(import.meta.dirname);
/** `BALLAST_URL=http://127.0.0.1:4000 npx vite -c packages/web/tools/vite.config.ts` serves the page from its sources beside a running server. */
const SERVER = process.env["BALLAST_URL"] ?? "http://127.0.0.1:4000";

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
