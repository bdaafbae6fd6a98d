import { BallastError } from "@ballast/core/errors";

/** Says what to do about an address that cannot be listened on. */
export function explainListenError(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") {
    const other = port < 65_535 ? port + 1 : port - 1;
    return new BallastError(
      "PORT_TAKEN",
      `port ${port} of ${host} is used by another program: stop it, or choose another port, such as PORT=${other}`,
      { cause: error },
    );
  }
  if (code === "EACCES")
    return new BallastError("INPUT_INVALID", `this account may not listen on port ${port}: choose one from 1024`, {
      cause: error,
    });
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    return new BallastError("INPUT_INVALID", `${host} is no address of this machine (${code})`, { cause: error });
  }
  return error;
}
