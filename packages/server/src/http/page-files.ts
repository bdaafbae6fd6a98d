import { readFile, stat } from "node:fs/promises";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { CHANGING_CACHE_CONTROL, type Exchange, immutableCacheControl } from "./exchange.ts";
import { RefusedRequest } from "./http-error.ts";

/** The explorer: a page that was built beforehand, and the addresses of its screens. */
export type Page = {
  /** Holds `index.html` and `assets`; with a slash at its end. */
  readonly folder: URL;
  /** Whether the page has a screen at this path. */
  readonly isScreen: (path: string) => boolean;
};

/** Everything of the page comes from this server; it is shown in no frame of others. */
const PAGE_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  woff2: "font/woff2",
};

/** Below this many bytes a packed answer is no smaller on its way. */
const MIN_PACKED_BYTES = 1_000;

/** Whether the page has been built. */
export async function isBuilt({ folder }: Page): Promise<boolean> {
  return await stat(new URL("index.html", folder)).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** The document that every screen begins with: read each time, because a new build names other assets. */
export async function answerScreen(page: Page, { request, response }: Exchange): Promise<void> {
  const body = await readFile(new URL("index.html", page.folder));
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-length": String(body.length),
    "content-security-policy": PAGE_CSP,
    "cache-control": CHANGING_CACHE_CONTROL,
    "referrer-policy": "same-origin",
    vary: "accept",
  });
  response.end(request.method === "HEAD" ? undefined : body);
}

type Asset = { readonly type: string; readonly plain: Buffer; readonly packed: Buffer | undefined };

/** The files that the document names, by names that change with their content: read once. */
export class PageAssets {
  readonly #folder: URL;
  readonly #assets = new Map<string, Promise<Asset>>();

  constructor({ folder }: Page) {
    this.#folder = folder;
  }

  /** @throws RefusedRequest NOT_FOUND. */
  async answer(exchange: Exchange, name: string): Promise<void> {
    const { request, response } = exchange;
    const { type, plain, packed } = await this.#find(name);
    const isPacked = packed !== undefined && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    const body = isPacked ? packed : plain;
    response.writeHead(200, {
      "content-type": type,
      "content-length": String(body.length),
      ...(isPacked ? { "content-encoding": "gzip" } : {}),
      // Nothing in them is private: they are the same for everybody.
      "cache-control": immutableCacheControl(false),
      vary: "accept-encoding",
    });
    response.end(request.method === "HEAD" ? undefined : body);
  }

  async #find(name: string): Promise<Asset> {
    const known = this.#assets.get(name);
    if (known !== undefined) return await known;
    const reading = this.#read(name);
    this.#assets.set(name, reading);
    try {
      return await reading;
    } catch {
      this.#assets.delete(name);
      throw new RefusedRequest("NOT_FOUND", `the page has no file ${JSON.stringify(name)}: it may have been built again; reload it`);
    }
  }

  async #read(name: string): Promise<Asset> {
    const type = TYPES[/^[\w-][\w.-]*\.(\w+)$/.exec(name)?.[1] ?? ""];
    if (type === undefined) throw new Error("no name of an asset");
    const plain = await readFile(new URL(`assets/${name}`, this.#folder));
    const isText = !type.startsWith("image/png") && !type.startsWith("font/");
    return { type, plain, packed: isText && plain.length >= MIN_PACKED_BYTES ? await promisify(gzip)(plain) : undefined };
  }
}
