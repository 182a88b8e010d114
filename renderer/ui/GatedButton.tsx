import { ActionIcon, Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';

interface GateProps {
  /** Why it can't be done now; undefined when it can. */
  readonly reason: string | undefined;
  readonly onClick: () => void;
}

interface GatedButtonProps extends ButtonProps, GateProps {
  /** What it does, on hover, where it can be done. */
  readonly title?: string;
  readonly children: ReactNode;
}

/** A button that says why it can't be pressed. It keeps the focus, so that the keyboard finds out too. */
export function GatedButton({ reason, title, onClick, children, ...button }: GatedButtonProps) {
  if (reason === undefined) {
    return (
      <Button {...button} {...(title === undefined ? {} : { title })} onClick={onClick}>
        {children}
      </Button>
    );
  }
  return (
    <Tooltip label={reason} events={{ hover: true, focus: true, touch: true }}>
      <Button {...button} data-disabled aria-disabled onClick={(event) => event.preventDefault()}>
        {children}
      </Button>
    </Tooltip>
  );
}

interface GatedIconProps extends GateProps {
  readonly label: string;
  readonly loading?: boolean;
  readonly children: ReactNode;
}

/** The same with an icon alone. */
export function GatedIcon({ reason, label, loading = false, onClick, children }: GatedIconProps) {
  return (
    <Tooltip label={reason ?? label} events={{ hover: true, focus: true, touch: true }}>
      <ActionIcon
        aria-label={label}
        loading={loading}
        {...(reason === undefined ? {} : { 'data-disabled': true, 'aria-disabled': true })}
        onClick={(event) => {
          event.stopPropagation();
          if (reason === undefined) onClick();
        }}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
