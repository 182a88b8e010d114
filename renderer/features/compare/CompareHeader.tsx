import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowRight, IconArrowsExchange, IconArrowUp, IconDevices } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'wouter';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import type { Forecast } from '../../../shared/forecast/index.ts';
import { strings } from '../../strings/compare.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { hotkeyText } from '../../ui/hotkeyText.ts';
import { onMac } from '../../ui/onMac.ts';
import classes from './compare.module.css';
import { SideCard } from './sides/SideCard.tsx';
import type { Side } from './sides/useSide.ts';

interface CompareHeaderProps {
  readonly home: DeviceId | undefined;
  readonly a: string;
  readonly b: string;
  readonly left: Side;
  readonly right: Side;
  readonly forecast: Forecast | undefined;
  /** Where the whole fleet is compared with the right side. */
  readonly fleetHref: string | undefined;
  readonly onSides: (a: string, b: string) => void;
  readonly onStep: (by: 1 | -1) => void;
}

/** Which two are compared, and in which direction. */
export function CompareHeader({ home, a, b, left, right, forecast, fleetHref, onSides, onStep }: CompareHeaderProps) {
  const asJson = useMemo(
    () => JSON.stringify({ from: left.label, to: right.label, forecast }, undefined, 2),
    [left.label, right.label, forecast],
  );
  const previous = withKeys(strings.previousChange, 'P');
  const next = withKeys(strings.nextChange, 'N');
  return (
    <header className={classes.header}>
      <h1 className={classes.srOnly}>{strings.title}</h1>
      <SideCard label={strings.from} home={home} side={left} value={a} onChange={(side) => onSides(side, b)} />
      <IconArrowRight size={16} className={classes.arrow} aria-hidden />
      <SideCard label={strings.to} home={home} side={right} value={b} onChange={(side) => onSides(a, side)} />
      <span className={classes.headerActions}>
        <ActionIcon aria-label={strings.swap} title={withKeys(strings.swap, 'X')} onClick={() => onSides(b, a)}>
          <IconArrowsExchange size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label={strings.previousChange} title={previous} onClick={() => onStep(-1)}>
          <IconArrowUp size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label={strings.nextChange} title={next} onClick={() => onStep(1)}>
          <IconArrowDown size={16} aria-hidden />
        </ActionIcon>
        <CopyButton text={asJson} label={strings.copy} />
        {fleetHref !== undefined && (
          <Button
            component={Link}
            href={fleetHref}
            className={classes.withFleet ?? ''}
            title={strings.withFleet}
            leftSection={<IconDevices size={14} aria-hidden />}
          >
            {strings.withFleet}
          </Button>
        )}
      </span>
    </header>
  );
}

function withKeys(label: string, keys: string): string {
  return strings.withKeys(label, hotkeyText(keys, onMac));
}
