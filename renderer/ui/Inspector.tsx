import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Inspector.module.css';

interface InspectorProps {
  /** What is inspected, for screen readers: "Selected device". */
  readonly label: string;
  readonly title: ReactNode;
  readonly actions?: ReactNode;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The panel on the right that shows what is selected. */
export function Inspector({ label, title, actions, closeLabel, onClose, children }: InspectorProps) {
  return (
    <aside className={classes.inspector} aria-label={label}>
      <div className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        {actions}
        <CloseButton size="sm" aria-label={closeLabel} onClick={onClose} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to be able to */}
      <div className={classes.body} tabIndex={0}>
        {children}
      </div>
    </aside>
  );
}
