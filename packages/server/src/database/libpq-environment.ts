import type { ConnectionUrl } from "./connection-url.ts";
import { sslModeOf } from "./connection-url.ts";

/** libpq's environment variable for each parameter of a connection URL; `ssl` is told as sslmode. */
export const LIBPQ_VARIABLES: Readonly<Record<string, string>> = {
  user: "PGUSER",
  password: "PGPASSWORD",
  host: "PGHOST",
  port: "PGPORT",
  sslmode: "PGSSLMODE",
  ssl: "PGSSLMODE",
  sslrootcert: "PGSSLROOTCERT",
  sslcert: "PGSSLCERT",
  sslkey: "PGSSLKEY",
  sslnegotiation: "PGSSLNEGOTIATION",
  fallback_application_name: "PGAPPNAME",
  application_name: "PGAPPNAME",
  options: "PGOPTIONS",
  connect_timeout: "PGCONNECT_TIMEOUT",
  client_encoding: "PGCLIENTENCODING",
  channel_binding: "PGCHANNELBINDING",
  gssencmode: "PGGSSENCMODE",
  target_session_attrs: "PGTARGETSESSIONATTRS",
};

/**
 * The connection of a URL as psql and the like take it from their environment: nothing of it, a password least of all,
 * stands in the arguments that every user of the machine can list.
 */
export function libpqEnvironment(url: ConnectionUrl): Record<string, string> {
  const { username, password, pathname } = new URL(url.base.replace(/^(postgres(?:ql)?:\/\/(?:[^/]*@)?)(?=\/|$)/, "$1localhost"));
  const environment: Record<string, string> = { PGPORT: String(url.port) };
  const set = (name: string, value: string): void => {
    if (value !== "") environment[name] = value;
  };
  set("PGHOST", url.host);
  set("PGUSER", decodeURIComponent(username));
  set("PGPASSWORD", decodeURIComponent(password));
  set("PGDATABASE", decodeURIComponent(pathname.slice(1)));
  for (const [parameter, variable] of Object.entries(LIBPQ_VARIABLES)) set(variable, url.parameters.get(parameter) ?? "");
  set("PGSSLMODE", sslModeOf(url) ?? "");
  return environment;
}
