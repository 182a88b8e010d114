import { Button } from '@mantine/core';
import { IconHelpCircle, IconRefresh } from '@tabler/icons-react';
import { Link } from 'wouter';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/compare.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import classes from './compare.module.css';
import type { Side } from './sides/useSide.ts';

const notReached = new Set<string>(['UNREACHABLE', 'NOT_ANSWERING', 'WAY_MISSING', 'LOGIN_REFUSED']);

/** A side that could not be read: why, once more, and how to find out why its device is not reached. */
export function FailedSide({ side }: { side: Extract<Side, { kind: 'failed' }> }) {
  const { problem, retry, deviceId } = side;
  return (
    <div className={classes.problem}>
      <ProblemPanel problem={problem}>
        {retry !== undefined && (
          <Button leftSection={<IconRefresh size={14} aria-hidden />} onClick={retry}>
            {strings.retry}
          </Button>
        )}
        {deviceId !== undefined && notReached.has(problem.code) && (
          <Button component={Link} href={paths.diagnosis(deviceId)} leftSection={<IconHelpCircle size={14} aria-hidden />}>
            {strings.whyNot}
          </Button>
        )}
      </ProblemPanel>
    </div>
  );
}
