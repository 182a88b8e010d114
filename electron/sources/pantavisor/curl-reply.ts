import type { CtrlReply } from './ctrl-carrier.ts';

/**
 * Takes apart what `curl -i` prints: one or more header blocks (100 Continue first, sometimes), then the body's exact bytes.
 * Undefined when there is no whole header.
 */
export function parseCurlReply(stdout: Uint8Array): CtrlReply | undefined {
  let rest = Buffer.from(stdout.buffer, stdout.byteOffset, stdout.byteLength);
  for (;;) {
    const end = rest.indexOf('\r\n\r\n');
    if (end === -1) return undefined;
    const head = rest.toString('latin1', 0, end);
    const status = Number(/^HTTP\/[\d.]+ (\d{3})/.exec(head)?.[1]);
    if (!Number.isInteger(status)) return undefined;
    rest = rest.subarray(end + 4);
    if (status >= 100 && status < 200) continue;
    const retryAfter = /\r\nretry-after: *(\d+)/i.exec(head)?.[1];
    return { status, retryAfterSeconds: retryAfter === undefined ? undefined : Number(retryAfter), body: rest };
  }
}
