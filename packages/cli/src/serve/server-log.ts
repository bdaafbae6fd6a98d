import { type Logger, pino } from "pino";
import type { Configuration, LogLevel } from "@ballast/server/configuration";
import type { ExecutorNotice } from "@ballast/server/runs/execution";

/** Shorter texts than this occur by themselves, and a log without them could not be read. */
const MIN_SECRET_LENGTH = 6;

/** JSON lines on stderr, in which no secret is shown. Written immediately, so that the last lines of a process that dies are not lost. */
export function createServerLog(level: LogLevel, secrets: readonly string[]): Logger {
  const destination = pino.destination({ fd: 2, sync: true });
  const forms = secrets.flatMap(formsOf);
  const write = (line: string): void => void destination.write(forms.reduce((text, form) => text.replaceAll(form, "[secret]"), line));
  return pino({ level }, { write });
}

/** What of the configuration must not be shown: the token, and the password of a Postgres that people have given. */
export function secretsOf({ token, databaseUrl }: Configuration): string[] {
  const { password = "", searchParams } = databaseUrl !== undefined && URL.canParse(databaseUrl) ? new URL(databaseUrl) : {};
  return [token ?? "", decodeURIComponent(password), searchParams?.get("password") ?? ""];
}

/** A secret as it is, as JSON quotes it, and as a URL has it. */
function formsOf(secret: string): string[] {
  if (secret.length < MIN_SECRET_LENGTH) return [];
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
}

/** What the executor and the read models report outside of any call. */
export function logNotice(logger: Logger, { what, run, error }: ExecutorNotice): void {
  logger.warn({ run, err: error }, what);
}
