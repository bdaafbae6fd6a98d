export { matchPage } from "./page-paths.ts";

/** The built page: `index.html` and `assets`. It is empty until `npm start` or `node scripts/build-page.js` has built it. */
export const PAGE_FOLDER: URL = new URL("../page/", import.meta.url);
