/** One block of a PEM text: what it says it is, its bytes, and its own text. */
export interface PemBlock {
  readonly label: string;
  readonly der: Buffer;
  readonly text: string;
  /** Lines such as `Proc-Type: 4,ENCRYPTED`. */
  readonly hasHeaders: boolean;
}

const BEGIN = /-----BEGIN ([A-Z0-9 ]{1,64})-----\r?\n/g;

/** The blocks of a PEM text in order; what stands between them is not looked at, nor is a block without its end. Linear in the text. */
export function pemBlocks(text: string): readonly PemBlock[] {
  const starts = [...text.matchAll(BEGIN)];
  return starts.flatMap(({ 0: line, 1: label = '', index }, at): readonly PemBlock[] => {
    const inside = text.slice(index + line.length, starts[at + 1]?.index);
    const end = inside.indexOf(`-----END ${label}-----`);
    return end === -1 ? [] : [block(label, line, inside.slice(0, end))];
  });
}

function block(label: string, begin: string, body: string): PemBlock {
  const lines = body.split(/\r?\n/);
  const hasHeaders = lines.some((line) => line.includes(':'));
  const base64 = hasHeaders ? lines.slice(lines.indexOf('') + 1).join('') : lines.join('');
  return { label, der: Buffer.from(base64, 'base64'), text: `${begin}${body}-----END ${label}-----\n`, hasHeaders };
}
