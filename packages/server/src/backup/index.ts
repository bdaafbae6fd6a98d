export { createBackupFile, readBackupFile, writeToStream } from "./backup-file.ts";
export { checkBackup, type CheckedBackup } from "./check-backup.ts";
export { restoreBackup, type RestoreProgress, type RestoreReport } from "./restore-backup.ts";
export { describeExisting } from "./restore-runs.ts";
export { type BackupProgress, type BackupReport, writeBackup } from "./write-backup.ts";
