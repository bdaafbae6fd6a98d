import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Postgres' socket folders lie below, and a socket's path may hold 103 bytes: the system's temporary folder may be too long. */
const PARENT = "/tmp";
const SMALL_DISK_MIB = 640;

/** The folder of one simulation: whatever its processes leave lies in here, and is found. */
export class Scratch {
  readonly folder: string;
  /** TMPDIR of the servers. */
  readonly temporary: string;
  readonly #mounts: string[] = [];

  constructor() {
    this.folder = mkdtempSync(join(PARENT, "ballast-faults-"));
    chmodSync(this.folder, 0o755);
    this.temporary = this.make("t");
  }

  make(name: string): string {
    const folder = join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** A file system of its own that can be filled; undefined, with the reason, where this process may not mount one. */
  mountSmallDisk(name: string): { readonly folder: string } | { readonly reason: string } {
    if (process.platform !== "linux") return { reason: `no tmpfs on ${process.platform}` };
    const folder = this.make(name);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SMALL_DISK_MIB}m,mode=0755`, "none", folder], { stdio: "pipe" });
    } catch (error) {
      return { reason: `mounting a tmpfs failed: ${(error as Error).message.trim().split("\n").at(-1)}` };
    }
    this.#mounts.push(folder);
    return { folder };
  }

  /** What the servers have left in their temporary folder. */
  leftFiles(): string[] {
    return readdirSync(this.temporary);
  }

  remove(): void {
    for (const folder of this.#mounts.splice(0)) execFileSync("umount", [folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
