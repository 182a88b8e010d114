import { Button } from '@mantine/core';
import { IconAlertTriangle, IconSignature, IconTrash } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import { Link } from 'wouter';
import { deviceTakes, oldDeviceTakes } from '../../../shared/signatures/algorithms.ts';
import { deviceSeesSamePayload } from '../../../shared/signatures/coverage.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/signatures.ts';
import { Facts } from '../../ui/Facts.tsx';
import { Inspector } from '../../ui/Inspector.tsx';
import { toneClass } from '../../ui/MeaningBadge.tsx';
import { ChainList } from './ChainList.tsx';
import { KeyTable } from './KeyTable.tsx';
import type { SignatureRow } from './signatureRows.ts';
import classes from './signatures.module.css';
import { VerdictMark } from './VerdictMark.tsx';

interface SignatureDetailsProps {
  readonly row: SignatureRow;
  readonly state: StateDocument;
  /** Absent where nothing can be changed. */
  readonly onSignAgain?: (() => void) | undefined;
  readonly onRemove?: (() => void) | undefined;
  readonly onEntry?: ((key: string) => void) | undefined;
  readonly onClose: () => void;
}

/** Who made a signature, whether it holds and why, and every entry that it covers. */
export function SignatureDetails({ row, state, onSignAgain, onRemove, onEntry, onClose }: SignatureDetailsProps) {
  const { view, coverage, brokenBy } = row;
  const { read, covers, excludes, onlyDevice, onlyPvr } = coverage;
  const reason = row.verdict === 'checking' ? undefined : row.verdict === view?.verdict ? view.reason : undefined;
  const shownKeys = useMemo(() => [...covers, ...onlyDevice], [covers, onlyDevice]);
  const notes = useMemo(
    () =>
      new Map([
        ...onlyPvr.map((key): [string, string] => [key, strings.onlyPvr]),
        ...onlyDevice.map((key): [string, string] => [key, strings.onlyDevice]),
      ]),
    [onlyDevice, onlyPvr],
  );
  const noteOf = useCallback((key: string) => notes.get(key) ?? '', [notes]);
  const told = useMemo(() => toldOf(row, state), [row, state]);
  return (
    <Inspector
      label={strings.details}
      title={
        <>
          {row.name} <VerdictMark verdict={row.verdict} />
        </>
      }
      closeLabel={strings.dialog.close}
      onClose={onClose}
    >
      <div className={classes.details}>
        {reason !== undefined && <p>{reason}</p>}
        {!read.ok && view === undefined && <p>{read.reason}</p>}
        {told.map((text) => (
          <p key={text} className={`${classes.told} ${toneClass('reboot')}`}>
            <IconAlertTriangle size={14} aria-hidden />
            <span>{text}</span>
          </p>
        ))}
        {(onSignAgain !== undefined || onRemove !== undefined || row.verdict === 'untrusted') && (
          <div className={classes.buttons}>
            {row.verdict === 'untrusted' && (
              <Button component={Link} href={paths.settings('signers')}>
                {strings.toTrust}
              </Button>
            )}
            {onSignAgain !== undefined && read.ok && (
              <Button leftSection={<IconSignature size={14} aria-hidden />} onClick={onSignAgain}>
                {strings.signAgain}
              </Button>
            )}
            {onRemove !== undefined && (
              <Button leftSection={<IconTrash size={14} aria-hidden />} onClick={onRemove}>
                {strings.remove}
              </Button>
            )}
          </div>
        )}
        {brokenBy.length > 0 && (
          <section className={classes.part}>
            <h3 className={classes.heading}>{strings.changedSince}</h3>
            <KeyTable label={strings.changedSince} keys={brokenBy} onEntry={onEntry} />
          </section>
        )}
        {read.ok && (
          <section className={classes.part}>
            <h3 className={classes.heading}>{strings.chain}</h3>
            <ChainList chain={view?.chain ?? []} />
          </section>
        )}
        {read.ok && (
          <section className={classes.part}>
            <h3 className={classes.heading}>{strings.showKeys(covers.length)}</h3>
            {shownKeys.length > 0 && (
              <KeyTable label={strings.showKeys(covers.length)} keys={shownKeys} noteOf={noteOf} onEntry={onEntry} />
            )}
          </section>
        )}
        {read.ok && (
          <Facts
            facts={[
              { name: strings.facts.include, value: <Patterns patterns={read.pvs.include} /> },
              { name: strings.facts.exclude, value: read.pvs.exclude.length > 0 && <Patterns patterns={read.pvs.exclude} /> },
              { name: strings.facts.algorithm, value: read.pvs.algorithm },
              { name: strings.groups.excluded, value: excludes.length > 0 && strings.entries(excludes.length) },
              { name: strings.facts.entry, value: <code>{row.id}</code> },
            ]}
          />
        )}
      </div>
    </Inspector>
  );
}

function Patterns({ patterns }: { patterns: readonly string[] }) {
  return (
    <ul className={classes.patterns}>
      {patterns.map((pattern) => (
        <li key={pattern}>
          <code>{pattern}</code>
        </li>
      ))}
    </ul>
  );
}

/** What a device would say of it besides the verdict. */
function toldOf({ coverage }: SignatureRow, state: StateDocument): readonly string[] {
  const { read } = coverage;
  if (!read.ok) return [];
  const { algorithm } = read.pvs;
  if (!deviceTakes(algorithm)) return [strings.deviceRefuses];
  return [
    ...(oldDeviceTakes(algorithm) ? [] : [strings.oldDeviceRefuses(algorithm)]),
    ...(deviceSeesSamePayload(state, coverage) ? [] : [strings.deviceOther]),
  ];
}
