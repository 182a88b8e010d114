import type { ReactNode } from 'react';
import classes from './SettingsScreen.module.css';

/** A part of a section of the settings: a heading, a sentence, and what can be set. */
export function Section({ heading, text, children }: { heading: string; text?: string; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={heading}>
      <h3 className={classes.heading}>{heading}</h3>
      {text !== undefined && <p className={classes.dim}>{text}</p>}
      {children}
    </section>
  );
}
