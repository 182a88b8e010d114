import { IconArrowBackUp, IconPower, IconRefresh } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import type { OwnPolicy } from '../../../shared/state/containers.ts';
import { type PaletteAction, usePaletteActions } from '../../stores/palette.ts';
import { type Shortcut, useShortcuts } from '../../stores/shortcuts.ts';
import { strings } from '../../strings/policies.ts';
import { type Settable, whyNot } from './SelectionBar.tsx';

interface PolicyKeys {
  readonly choices: readonly Settable[];
  readonly cells: number;
  readonly onSet: (settable: Settable) => void;
  readonly onClear: () => void;
  readonly onGroup: () => void;
  readonly onFilter: () => void;
}

const icons = { container: IconRefresh, system: IconPower, inherit: IconArrowBackUp } as const;

/** The keys of the screen, and the same in the palette. */
export function usePolicyKeys(now: PolicyKeys): void {
  const latest = useRef(now);
  latest.current = now;
  const keys = useMemo((): readonly Shortcut[] => {
    const set = (policy: OwnPolicy) => () => {
      const { choices, cells, onSet } = latest.current;
      const choice = choices.find((one) => one.policy === policy);
      if (choice !== undefined && whyNot(choice, cells) === undefined) onSet(choice);
    };
    return [
      { keys: 'C', label: strings.keys.container, run: set('container') },
      { keys: 'S', label: strings.keys.system, run: set('system') },
      { keys: 'I', label: strings.keys.inherit, run: set('inherit') },
      { keys: 'Q', label: strings.keys.clear, run: () => latest.current.onClear() },
      { keys: 'E', label: strings.keys.group, run: () => latest.current.onGroup() },
      { keys: '/', label: strings.keys.filter, run: () => latest.current.onFilter() },
    ];
  }, []);
  useShortcuts(strings.title, keys);
  const { choices, cells } = now;
  const actions = useMemo(
    (): readonly PaletteAction[] =>
      choices
        .filter((choice) => whyNot(choice, cells) === undefined)
        .map((choice) => ({
          id: `policy-${choice.policy}`,
          label: strings.keys[choice.policy],
          icon: icons[choice.policy],
          run: () => latest.current.onSet(choice),
        })),
    [choices, cells],
  );
  usePaletteActions('policies', actions);
}
