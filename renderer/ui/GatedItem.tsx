import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './GatedItem.module.css';

interface GatedItemProps {
  readonly icon: ReactNode;
  /** Why it can't be done now; undefined when it can. */
  readonly reason: string | undefined;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** An entry of a menu that says below itself why it can't be chosen. It stays in the way of the arrow keys, so that they find out too. */
export function GatedItem({ icon, reason, onClick, children }: GatedItemProps) {
  if (reason === undefined) {
    return (
      <Menu.Item leftSection={icon} onClick={onClick}>
        {children}
      </Menu.Item>
    );
  }
  return (
    <Menu.Item className={classes.gated ?? ''} leftSection={icon} aria-disabled closeMenuOnClick={false}>
      <span>{children}</span>
      <span className={classes.reason}>{reason}</span>
    </Menu.Item>
  );
}
