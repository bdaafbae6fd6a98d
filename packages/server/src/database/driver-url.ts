import { PARAMETERS } from "./connection-parameters.ts";
import { type ConnectionUrl, sslModeOf } from "./connection-url.ts";
import { askForTls } from "./probe-postgres.ts";

/**
 * The same connection as the driver understands it. `sslmode` means what it means to libpq and psql (`require` encrypts,
 * and trusts any certificate); by itself the driver reads each mode as `verify-full`, and knows no `prefer`.
 */
export async function driverUrl(url: ConnectionUrl): Promise<string> {
  const parameters = new URLSearchParams();
  for (const [name, value] of url.parameters) if (PARAMETERS[name]?.passedOn === true) parameters.set(name, value);
  // The certificate authorities of Node are what libpq calls the system's.
  if (parameters.get("sslrootcert") === "system") parameters.delete("sslrootcert");
  const asked = sslModeOf(url);
  const mode = asked === "prefer" ? await settle(url) : asked;
  if (mode !== undefined) {
    parameters.set("sslmode", mode);
    parameters.set("uselibpqcompat", "true");
  }
  const query = parameters.toString();
  return query === "" ? url.base : `${url.base}?${query}`;
}

/** TLS if the server has it. One that does not answer is found out about when it is connected to. */
async function settle({ host, port }: ConnectionUrl): Promise<"require" | "disable"> {
  const answer = await askForTls(host, port);
  return answer.kind === "tls" ? "require" : "disable";
}
