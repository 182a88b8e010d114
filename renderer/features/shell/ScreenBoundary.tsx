import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { Link } from 'wouter';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/shell.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import classes from './Frame.module.css';

interface ScreenBoundaryProps {
  /** Where the screen is: going elsewhere draws anew. */
  readonly place: string;
  readonly children: ReactNode;
}

interface Broken {
  readonly error: unknown;
  readonly place: string;
}

/** Around the screens: one that can't be drawn says so in its own place, and the frame with everything else stays. */
export class ScreenBoundary extends Component<ScreenBoundaryProps, { readonly broken?: Broken }> {
  override state: { readonly broken?: Broken } = {};

  static getDerivedStateFromError(error: unknown) {
    return { broken: { error, place: '' } };
  }

  static getDerivedStateFromProps({ place }: ScreenBoundaryProps, { broken }: { readonly broken?: Broken }) {
    if (broken === undefined || broken.place === place) return null;
    return broken.place === '' ? { broken: { ...broken, place } } : { broken: undefined };
  }

  override render(): ReactNode {
    const { broken } = this.state;
    if (broken === undefined) return this.props.children;
    const raw = broken.error instanceof Error ? (broken.error.stack ?? broken.error.message) : String(broken.error);
    return (
      <div className={classes.broken}>
        <ProblemPanel problem={{ code: 'INTERNAL', ...strings.broken, raw }}>
          <Button variant="filled" onClick={() => location.reload()}>
            {strings.loadAgain}
          </Button>
          <Button component={Link} href={paths.fleet()}>
            {strings.toFleet}
          </Button>
        </ProblemPanel>
      </div>
    );
  }
}
