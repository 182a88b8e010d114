import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { paths } from '../../routes/paths.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { strings } from './strings.ts';

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
