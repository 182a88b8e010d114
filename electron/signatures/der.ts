/** One element of DER: its tag, and its content. */
interface DerElement {
  readonly tag: number;
  readonly content: Buffer;
}

/** An extension of a certificate, by the bytes of its object identifier in hex. */
export interface CertificateExtension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Buffer;
}

const SEQUENCE = 0x30;
const BOOLEAN = 0x01;
const INTEGER = 0x02;
const OBJECT_IDENTIFIER = 0x06;
const OCTET_STRING = 0x04;
/** `[3] EXPLICIT`, the extensions of a TBSCertificate (RFC 5280, 4.1). */
const EXTENSIONS = 0xa3;

/** The extensions of a certificate that OpenSSL has read already. Throws Error for what is no certificate. */
export function certificateExtensions(der: Buffer): readonly CertificateExtension[] {
  const [body] = elements(only(der, SEQUENCE));
  const list = elements(body?.content ?? Buffer.alloc(0)).find(({ tag }) => tag === EXTENSIONS);
  if (list === undefined) return [];
  return elements(only(list.content, SEQUENCE)).map(({ content }) => {
    const parts = elements(content);
    const oid = parts.find(({ tag }) => tag === OBJECT_IDENTIFIER)?.content.toString('hex') ?? '';
    const critical = (parts.find(({ tag }) => tag === BOOLEAN)?.content[0] ?? 0) !== 0;
    return { oid, critical, value: parts.find(({ tag }) => tag === OCTET_STRING)?.content ?? Buffer.alloc(0) };
  });
}

/** `pathLenConstraint` of the value of a basicConstraints extension: how many CAs may stand below this one. */
export function pathLength(basicConstraints: Buffer): number | undefined {
  const limit = elements(only(basicConstraints, SEQUENCE)).find(({ tag }) => tag === INTEGER)?.content;
  return limit === undefined ? undefined : limit.reduce((sum, byte) => Math.min(sum * 256 + byte, 1_000), 0);
}

function only(bytes: Buffer, tag: number): Buffer {
  const [first] = elements(bytes);
  if (first?.tag !== tag) throw new Error('unexpected DER');
  return first.content;
}

function elements(bytes: Buffer): readonly DerElement[] {
  const found: DerElement[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes.readUInt8(at);
    const short = bytes.readUInt8(at + 1);
    const extra = short & 0x80 ? short & 0x7f : 0;
    if (extra > 4) throw new Error('unexpected DER');
    const length = extra === 0 ? short : bytes.readUIntBE(at + 2, extra);
    const start = at + 2 + extra;
    if (start + length > bytes.length) throw new Error('unexpected DER');
    found.push({ tag, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}
