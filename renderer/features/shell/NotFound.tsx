import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/shell.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <EmptyState sentence={strings.notFound}>
      <Button component={Link} href={paths.fleet()}>
        {strings.toFleet}
      </Button>
    </EmptyState>
  );
}
