import type { Manifest } from "./backup-format.ts";
import { backupInvalid } from "./backup-error.ts";
import { BackupReader } from "./read-parts.ts";
import { refuseMigrations } from "./staging.ts";
import type { RestoreProgress } from "./restore-backup.ts";

/** What a whole backup holds. */
export type CheckedBackup = Manifest & { readonly bytes: number; readonly rows: Readonly<Record<string, number>> };

/**
 * Reads a backup to its end and checks every part, without a database.
 * @throws BallastError BACKUP_INVALID with the place.
 */
export async function checkBackup(
  file: string,
  bytes: AsyncIterable<Uint8Array>,
  onProgress: (progress: RestoreProgress) => void = () => undefined,
): Promise<CheckedBackup> {
  const reader = new BackupReader(file, bytes);
  try {
    const manifest = await reader.readManifest();
    const problem = refuseMigrations(manifest);
    if (problem !== undefined) throw backupInvalid(file, "the manifest", problem);
    let raw = 0;
    for (const [index, { name }] of manifest.tables.entries()) {
      for await (const piece of reader.rowsOf(index)) {
        raw += piece.length;
        onProgress({ what: `checking ${name}`, fraction: Math.min(raw / Math.max(manifest.approximateBytes, 1), 1) });
      }
    }
    const rows = await reader.finish();
    return {
      ...manifest,
      bytes: reader.position,
      rows: Object.fromEntries(manifest.tables.map(({ name }, index) => [name, rows[index] ?? 0])),
    };
  } finally {
    await reader.close();
  }
}
