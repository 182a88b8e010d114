/** What pvr signs and verifies with (libpvr/pvslib.go, JwsSign). P-521 never works there: it takes the curve's 521 bits for 512. */
export const signatureAlgorithms = ['RS256', 'ES256', 'ES384'] as const;
export type SignatureAlgorithm = (typeof signatureAlgorithms)[number];

export function parseAlgorithm(text: string): SignatureAlgorithm | undefined {
  return signatureAlgorithms.find((algorithm) => algorithm === text);
}

/** The device verifies these (pantavisor signature.c, pv_signature_verify_pvs). */
const deviceAlgorithms: readonly string[] = ['RS256', 'ES256', 'ES384', 'ES512'];

/** Of those, the device has had these from the start; it learnt the others in February 2022 (pantavisor cbd91718). */
const oldDeviceAlgorithms: readonly string[] = ['RS256', 'ES256'];

export function deviceTakes(algorithm: string): boolean {
  return deviceAlgorithms.includes(algorithm);
}

export function oldDeviceTakes(algorithm: string): boolean {
  return oldDeviceAlgorithms.includes(algorithm);
}
