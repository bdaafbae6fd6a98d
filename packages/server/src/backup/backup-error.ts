import { BallastError } from "@ballast/core/errors";

/** A file that is no whole backup, and where that was seen. Whatever was read before is given up. */
export function backupInvalid(file: string, where: string, found: string, options: { cause?: unknown } = {}): BallastError {
  const message = `${file}: ${where}: ${found}. Nothing was restored.`;
  return new BallastError("BACKUP_INVALID", message, options);
}

/** What the operating system says of a file that cannot be opened, read or written; anything else as it was. */
export function fileError(file: string, what: string, error: unknown): unknown {
  if (error instanceof BallastError || !(error instanceof Error) || !("syscall" in error)) return error;
  return new BallastError("BACKUP_FILE", `${file} cannot be ${what}: ${error.message}.`, { cause: error });
}
