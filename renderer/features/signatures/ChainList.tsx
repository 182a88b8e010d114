import type { SignatureView } from '../../../shared/contract/signature.ts';
import { strings } from '../../strings/signatures.ts';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import { commonName } from './signatureRows.ts';
import classes from './signatures.module.css';

/** The certificates that a signature brings, the signer's first, each with how long it is valid. */
export function ChainList({ chain }: { chain: SignatureView['chain'] }) {
  if (chain.length === 0) return <p className={classes.dim}>{strings.noCertificate}</p>;
  return (
    <ol className={classes.chain}>
      {chain.map((certificate, at) => (
        <li key={certificate.fingerprint} aria-label={strings.chainOf(commonName(certificate.subject))}>
          <span className={classes.subject} title={certificate.subject}>
            {commonName(certificate.subject)}
          </span>{' '}
          {at === 0 && !certificate.codeSigning && <MeaningBadge meaning="warning">{strings.notForCode}</MeaningBadge>}
          <span className={classes.dates}>{strings.valid(day(certificate.notBefore), day(certificate.notAfter))}</span>
          <code className={classes.print}>{certificate.fingerprint}</code>
        </li>
      ))}
    </ol>
  );
}

/** Years beyond 9999 and other odd dates are said as they are. */
function day(at: number): string {
  return new Date(at).toISOString().replace(/T.*/, '');
}
