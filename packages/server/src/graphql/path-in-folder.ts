import { realpath } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import { BallastError } from "@ballast/core/errors";

/**
 * The path of a file below a folder, links followed, so that a client of the API reads nothing else of this machine.
 * @throws BallastError INPUT_INVALID.
 */
export async function pathInFolder(folder: string | undefined, path: string): Promise<string> {
  if (folder === undefined) {
    throw new BallastError("INPUT_INVALID", "this server reads no files for clients: send `base64`, or import with `ballast import`");
  }
  const root = await realpath(folder);
  const found = await realpath(resolve(root, path)).catch(() => undefined);
  const within = found === undefined ? ".." : relative(root, found);
  if (found !== undefined && within !== "" && within !== ".." && !within.startsWith(`..${sep}`)) return found;
  throw new BallastError("INPUT_INVALID", `there is no file ${JSON.stringify(path)} in the server's trace folder`);
}
