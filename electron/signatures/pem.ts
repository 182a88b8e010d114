/** One block of a PEM text: what it says it is, its bytes, and its own text. */
export interface PemBlock {
  readonly label: string;
  readonly der: Buffer;
  readonly text: string;
  /** Lines such as `Proc-Type: 4,ENCRYPTED`. */
  readonly hasHeaders: boolean;
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----\r?\n([\s\S]*?)-----END \1-----/g;

/** The blocks of a PEM text in order; what stands between them is not looked at. */
export function pemBlocks(text: string): readonly PemBlock[] {
  return [...text.matchAll(BLOCK)].map(([whole, label = '', body = '']) => {
    const lines = body.split(/\r?\n/);
    const hasHeaders = lines.some((line) => line.includes(':'));
    const base64 = hasHeaders ? lines.slice(lines.indexOf('') + 1).join('') : lines.join('');
    return { label, der: Buffer.from(base64, 'base64'), text: `${whole}\n`, hasHeaders };
  });
}
