import { connect } from "node:net";

/** Protocol 3's SSLRequest: length 8, then the code 1234.5679. Every Postgres answers it with one byte, before any login. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);
const PATIENCE_MS = 3_000;
const SHOWN_BYTES = 24;

/** What listens at an address: a Postgres with or without TLS, something else, what does not answer, or nothing. */
export type ProbeAnswer = { readonly kind: "tls" | "plain" | "silent" | "nothing" } | { readonly kind: "other"; readonly bytes: string };

/** Asks what listens at an address whether it encrypts. Never throws. */
export async function askForTls(host: string, port: number): Promise<ProbeAnswer> {
  const socket = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host === "" ? "localhost" : host);
  try {
    return await new Promise<ProbeAnswer>((resolve) => {
      const giveUp = (): void => resolve({ kind: socket.pending ? "nothing" : "silent" });
      socket.setTimeout(PATIENCE_MS, giveUp);
      socket.once("connect", () => socket.write(SSL_REQUEST));
      socket.once("data", (data: Buffer) => resolve(answerOf(data)));
      socket.once("error", giveUp);
      socket.once("close", giveUp);
    });
  } finally {
    socket.destroy();
  }
}

function answerOf(data: Buffer): ProbeAnswer {
  // An ErrorResponse comes from a server that has no connection left for the question.
  if (data[0] === 0x45) return { kind: "plain" };
  if (data.length > 1 || (data[0] !== 0x53 && data[0] !== 0x4e))
    return {
      kind: "other",
      bytes: data
        .subarray(0, SHOWN_BYTES)
        .toString("latin1")
        .replaceAll(/[^ -~]/g, "."),
    };
  return { kind: data[0] === 0x53 ? "tls" : "plain" };
}
