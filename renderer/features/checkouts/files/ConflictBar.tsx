import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { fileStrings as strings } from '../../../strings/checkoutTabs.ts';
import { languageOf } from '../../../ui/monaco/language.ts';
import { MonacoDiff } from '../../../ui/monaco/MonacoDiff.tsx';
import changeClasses from '../changes/changes.module.css';
import classes from './files.module.css';

interface ConflictBarProps {
  readonly path: string;
  /** The file's text now; undefined where it was removed. */
  readonly theirs: string | undefined;
  readonly mine: string;
  readonly comparing: boolean;
  readonly onCompare: (comparing: boolean) => void;
  readonly onKeep: () => void;
  readonly onTake: () => void;
}

/** Asks whose text stays, and shows both beside each other. */
export function ConflictBar({ path, theirs, mine, comparing, onCompare, onKeep, onTake }: ConflictBarProps) {
  const left = useMemo(() => ({ text: theirs ?? '', label: strings.theirs, marks: [] }), [theirs]);
  const right = useMemo(() => ({ text: mine, label: strings.mine, marks: [] }), [mine]);
  return (
    <>
      <div className={classes.conflict} role="alert">
        <IconAlertTriangle size={16} aria-hidden />
        <p>
          <strong>{theirs === undefined ? strings.goneTitle : strings.conflictTitle}</strong> {strings.conflictText}
        </p>
        <span className={classes.buttons}>
          {theirs !== undefined && (
            <Button onClick={() => onCompare(!comparing)}>{comparing ? strings.back : strings.compare}</Button>
          )}
          <Button onClick={onTake}>{strings.takeTheirs}</Button>
          <Button variant="filled" onClick={onKeep}>
            {strings.keepMine}
          </Button>
        </span>
      </div>
      {comparing && theirs !== undefined && (
        <div className={changeClasses.fill}>
          <MonacoDiff left={left} right={right} language={languageOf(path, mine)} />
        </div>
      )}
    </>
  );
}
