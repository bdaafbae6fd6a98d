import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** What came back on one connection: the statuses and the codes of its answers, in order, and all bytes as Latin-1. */
export type RawAnswer = { readonly statuses: readonly number[]; readonly codes: readonly string[]; readonly text: string };

export function connectTo(url: string): Socket {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.on("error", () => undefined);
  return socket;
}

/** Sends these bytes (Latin-1) and reads until the server ends the connection. */
export async function sendBytes(url: string, bytes: string): Promise<RawAnswer> {
  const socket = connectTo(url);
  let text = "";
  socket.setEncoding("latin1").on("data", (part: string) => (text += part));
  socket.write(bytes, "latin1");
  await once(socket, "close");
  return readAnswers(text);
}

export function readAnswers(text: string): RawAnswer {
  return {
    statuses: [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status)),
    codes: [...text.matchAll(/"code":"(\w+)"/g)].map(([, code]) => code as string),
    text,
  };
}

export const KEY = "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
export const PROTOCOL = "sec-websocket-protocol: graphql-transport-ws\r\n";

/** An upgrade to a WebSocket, by default a sound one. */
export function upgradeTo(target: string, lines = KEY + PROTOCOL, host = "host: localhost\r\n"): string {
  return `GET ${target} HTTP/1.1\r\n${host}connection: upgrade\r\nupgrade: websocket\r\n${lines}\r\n`;
}

/** What an answer must never show: a folder of the server, or the lines of a stack. */
export const INSIDE = /node_modules|file:\/\/|\n\s+at |\/[\w.@+-]+\.[cm]?[jt]s:\d+/;
