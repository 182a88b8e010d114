import { type HubAddress, HubUrl, longestCertificate } from '../../../shared/contract/hub.ts';
import { signInStrings as strings } from '../../strings/hub.ts';

/** The address and the hub's own certificate, as typed. */
export interface AddressForm {
  readonly url: string;
  readonly ca: string;
}

export type AddressErrors = Partial<Record<'url' | 'ca', string>>;

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/i;
const beginning = /-----BEGIN (?:TRUSTED )?CERTIFICATE-----/g;

/** How many certificates the PEM text holds. */
export function certificatesIn(text: string): number {
  return text.match(beginning)?.length ?? 0;
}

/** A host alone is meant as https, on this computer as http. */
function withScheme(text: string): string {
  const bare = text.trim();
  if (bare === '' || /^[a-z]+:\/\//i.test(bare)) return bare;
  return `${loopback.test(bare) ? 'http' : 'https'}://${bare}`;
}

/** The address that the fields describe, or what is wrong with them, by field. */
export function addressOf(
  form: AddressForm,
): { readonly address: HubAddress; readonly errors?: never } | { readonly errors: AddressErrors; readonly address?: never } {
  const errors: AddressErrors = {};
  const url = HubUrl.safeParse(withScheme(form.url));
  const ca = form.ca.trim();
  if (!url.success) errors.url = strings.addressWrong;
  if (/PRIVATE KEY-----/.test(ca)) errors.ca = strings.certificateKey;
  else if (ca.length > longestCertificate) errors.ca = strings.certificateLong;
  else if (ca !== '' && certificatesIn(ca) === 0) errors.ca = strings.certificateNone;
  if (!url.success || errors.ca !== undefined) return { errors };
  return { address: { url: url.data, ...(ca === '' ? {} : { ca }) } };
}

/** Whether what is sent there can be read on the way: no encryption, and not on this computer. */
export function readableOnTheWay({ url }: HubAddress): boolean {
  return url.startsWith('http://') && !loopback.test(url.slice('http://'.length));
}
