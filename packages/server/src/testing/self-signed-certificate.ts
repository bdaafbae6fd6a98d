import { generateKeyPairSync, sign } from "node:crypto";

/** ASN.1 tags. */
const SEQUENCE = 0x30;
const SET = 0x31;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OBJECT_ID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const VERSION_3 = Buffer.from([0xa0, 0x03, INTEGER, 1, 2]);
/** ecdsa-with-SHA256 (1.2.840.10045.4.3.2) and commonName (2.5.4.3). */
const ECDSA_SHA256 = der(SEQUENCE, der(OBJECT_ID, Buffer.from("2a8648ce3d040302", "hex")));
const COMMON_NAME = der(OBJECT_ID, Buffer.from("550403", "hex"));

/** A certificate of a name for itself, valid for a day, and its key, as PEM: the least of X.509 that TLS accepts. */
export function selfSignedCertificate(name: string): { readonly certificate: string; readonly key: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const names = der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, Buffer.from(name)))));
  const now = Date.now();
  const validity = der(SEQUENCE, utcTime(now - 3_600_000), utcTime(now + 86_400_000));
  const subjectKey = publicKey.export({ type: "spki", format: "der" });
  const content = der(SEQUENCE, VERSION_3, der(INTEGER, Buffer.from([1])), ECDSA_SHA256, names, validity, names, subjectKey);
  const signature = der(BIT_STRING, Buffer.from([0]), sign("sha256", content, privateKey));
  const body = der(SEQUENCE, content, ECDSA_SHA256, signature).toString("base64");
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${body.replaceAll(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }),
  };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...head]), content]);
}

/** YYMMDDhhmmssZ */
function utcTime(ms: number): Buffer {
  return der(
    UTC_TIME,
    Buffer.from(
      `${new Date(ms)
        .toISOString()
        .replaceAll(/[-:T]|\..*/g, "")
        .slice(2)}Z`,
    ),
  );
}
