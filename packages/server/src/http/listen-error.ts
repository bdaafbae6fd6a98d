import { BallastError } from "@ballast/core/errors";

/** Says what to do about an address that cannot be listened on. */
export function explainListenError(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return portTaken(host, port, error);
  if (code === "EACCES")
    return new BallastError("INPUT_INVALID", `this account may not listen on port ${port}: choose one from 1024`, {
      cause: error,
    });
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return new BallastError("INPUT_INVALID", `${host} is no address of this machine (${code})`, { cause: error });
  }
  return error;
}

export function portTaken(host: string, port: number, cause?: unknown): BallastError {
  const other = port < 65_535 ? port + 1 : port - 1;
  const message = `port ${port} of ${host} is used by another program: stop it, or choose another port, such as PORT=${other}`;
  return new BallastError("PORT_TAKEN", message, { cause });
}
