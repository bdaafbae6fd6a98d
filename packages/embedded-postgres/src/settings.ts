/** Server settings that differ from Postgres' defaults. */
export function serverSettings(durable: boolean): Readonly<Record<string, string>> {
  return durable ? COMMON : { ...COMMON, ...WITHOUT_DURABILITY };
}

const COMMON = {
  max_connections: "200",
  shared_buffers: "256MB",
  // A run writes up to 100 MB of events a second; with the default of 1 GB that would be a checkpoint every 10 s.
  max_wal_size: "4GB",
  timezone: "UTC",
  log_timezone: "UTC",
  log_line_prefix: "%m [%p] ",
  log_checkpoints: "off",
};

/** For test clusters only: a crash of the machine may lose everything, a crash of a process nothing. */
const WITHOUT_DURABILITY = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
