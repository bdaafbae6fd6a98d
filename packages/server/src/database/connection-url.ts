import { accessSync, constants } from "node:fs";
import { isSslMode, PARAMETERS, type SSL_MODES } from "./connection-parameters.ts";

/** A connection URL taken apart. */
export type ConnectionUrl = {
  /** Up to the query: scheme, user, password, host, port, database. */
  readonly base: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** A folder, if it begins with a slash: that of a Unix socket. */
  readonly host: string;
  readonly port: number;
};

const FORM = "must be a URL like postgres://user:password@host:5432/database";
const ESCAPES = "write characters like / ? # @ % in a user or password as %2F %3F %23 %40 %25";
const DEFAULT_PORT = 5432;

/**
 * Reads a URL as libpq does, as far as the driver can do what it asks for; or says what is wrong with it. A problem never
 * quotes what may be a password.
 */
export function readConnectionUrl(text: string): { readonly url: ConnectionUrl } | { readonly problem: string } {
  if (!/^postgres(ql)?:\/\//.test(text)) return { problem: FORM };
  if (/[\s#]|%(?![0-9a-f]{2})/i.test(text)) return { problem: `has a blank, a # or a single %: ${ESCAPES}` };
  const [base = "", query = "", ...more] = text.split("?");
  // A host in the query (a Unix socket's folder) leaves the URL's own host empty, which URL refuses behind a user.
  const withHost = base.replace(/^(postgres(?:ql)?:\/\/(?:[^/]*@)?)(?=\/|$)/, "$1localhost");
  if (more.length > 0 || !URL.canParse(withHost)) return { problem: `${FORM}; ${ESCAPES}` };
  const parsed = new URL(withHost);
  const problem = problemOfParts(parsed) ?? problemOfQuery(query);
  if (problem !== undefined) return { problem };
  const parameters = new Map(new URLSearchParams(query));
  const { hostname, port } = parsed;
  return {
    url: {
      base,
      parameters,
      host: parameters.get("host") ?? decodeURIComponent(hostname).replace(/^\[|\]$/g, ""),
      port: Number(parameters.get("port") ?? (port === "" ? DEFAULT_PORT : port)),
    },
  };
}

function problemOfParts({ hostname, port, pathname, username, password }: URL): string | undefined {
  if (![hostname, pathname, username, password].every(isUtf8)) return `has a percent-encoded text that is not UTF-8: ${ESCAPES}`;
  if (hostname.includes(",")) return "names several hosts: Ballast connects to one";
  if (port === "0") return "has port 0: ports go from 1 to 65535";
  if (pathname.includes("@")) return `has an @ behind the host: ${ESCAPES}`;
  return undefined;
}

function isUtf8(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function problemOfQuery(query: string): string | undefined {
  const seen = new Set<string>();
  for (const [name, value] of new URLSearchParams(query)) {
    if (!/^[a-z_]+$/i.test(name)) return `has a parameter whose name is none: ${ESCAPES}`;
    const rule = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined;
    if (rule === undefined) return `has the parameter ${name}, which is not known here; there are: ${Object.keys(PARAMETERS).join(", ")}`;
    if (seen.has(name)) return `has the parameter ${name} twice`;
    seen.add(name);
    const problem = rule.check(value);
    if (problem !== undefined) return `${name} ${problem}`;
  }
  const parameters = new URLSearchParams(query);
  if (parameters.has("ssl") && parameters.has("sslmode")) return "has ssl and sslmode: sslmode alone says it all";
  return problemOfTls(parameters);
}

/** What the modes need beside each other. */
function problemOfTls(parameters: URLSearchParams): string | undefined {
  const rootcert = parameters.get("sslrootcert");
  if (parameters.get("sslmode") === "verify-ca" && (rootcert === null || rootcert === "system"))
    return "sslmode=verify-ca needs the authority's certificate: add sslrootcert=<file>, or use verify-full";
  if (parameters.has("sslcert") !== parameters.has("sslkey")) return "sslcert and sslkey belong together: give both";
  for (const name of ["sslcert", "sslkey", "sslrootcert"]) {
    const file = parameters.get(name);
    if (file === null || file === "system") continue;
    const reason = unreadable(file);
    if (reason !== undefined) return `${name} names a file that cannot be read: ${reason}`;
  }
  return undefined;
}

function unreadable(file: string): string | undefined {
  try {
    accessSync(file, constants.R_OK);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The TLS mode that the URL asks for; undefined: it does not say. */
export function sslModeOf({ parameters }: ConnectionUrl): (typeof SSL_MODES)[number] | undefined {
  const ssl = parameters.get("ssl");
  if (ssl !== undefined) return ssl === "true" || ssl === "1" || ssl === "no-verify" ? "require" : "disable";
  const mode = parameters.get("sslmode");
  return mode !== undefined && isSslMode(mode) ? mode : undefined;
}

const CONNECT_TIMEOUT_S = 10;

/** How long a connection may take until it is usable. */
export function connectTimeoutMs(connectionString: string): number {
  const seconds = new URLSearchParams(connectionString.split("?")[1] ?? "").get("connect_timeout");
  return Number(seconds ?? CONNECT_TIMEOUT_S) * 1000;
}
