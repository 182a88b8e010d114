import { strings } from '../../strings/signatures.ts';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import type { Meaning } from '../../ui/meaning.ts';
import type { GroupKind, SignatureRow } from './signatureRows.ts';

type Verdict = SignatureRow['verdict'];

const verdictMeanings: { readonly [V in Verdict]: Meaning } = {
  valid: 'ok',
  untrusted: 'warning',
  broken: 'error',
  unreadable: 'blocked',
  checking: 'moving',
};

const groupMeanings: { readonly [G in GroupKind]: Meaning } = { unsigned: 'warning', excluded: 'none', device: 'error' };

/** A signature's verdict: an icon and a word. */
export function VerdictMark({ verdict, plain = false }: { verdict: Verdict; plain?: boolean }) {
  return (
    <MeaningBadge meaning={verdictMeanings[verdict]} plain={plain}>
      {strings.verdicts[verdict]}
    </MeaningBadge>
  );
}

export function GroupMark({ group, plain = false }: { group: GroupKind; plain?: boolean }) {
  return (
    <MeaningBadge meaning={groupMeanings[group]} plain={plain}>
      {strings.groups[group]}
    </MeaningBadge>
  );
}
