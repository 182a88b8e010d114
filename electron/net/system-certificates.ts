import { X509Certificate } from 'node:crypto';
import { getCACertificates } from 'node:tls';

let trusted: readonly string[] | undefined;

/** The certificates that this computer trusts: those that Node brings along, and the system's own where it tells them. */
export function trustedCertificates(): readonly string[] {
  trusted ??= [...new Set([...getCACertificates('default'), ...systemCertificates()])];
  return trusted;
}

function systemCertificates(): readonly string[] {
  try {
    return getCACertificates('system');
  } catch {
    return [];
  }
}

/** Whether the text is one PEM certificate or several in a row. */
export function isCertificateFile(pem: string): boolean {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  return blocks.length > 0 && blocks.every(isCertificate);
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}
