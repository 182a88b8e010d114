import { Modal, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useHelpSheet } from '../../stores/helpSheet.ts';
import { useShortcutLists } from '../../stores/shortcuts.ts';
import { strings } from '../../strings/shell.ts';
import { Keys } from '../../ui/Keys.tsx';
import { onMac } from '../../ui/onMac.ts';
import classes from './HelpSheet.module.css';
import { helpGroups } from './helpGroups.ts';

/** All keys that do something on this screen, and everywhere. */
export function HelpSheet() {
  const { opened, close } = useHelpSheet();
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={strings.help}
      size={760}
      closeButtonProps={{ 'aria-label': strings.closeHelp }}
      classNames={{ body: classes.body ?? '' }}
    >
      <Sheet />
    </Modal>
  );
}

function Sheet() {
  const lists = useShortcutLists((shortcuts) => shortcuts.lists);
  const [typed, setTyped] = useState('');
  const groups = useMemo(() => helpGroups(lists.values(), strings.keysInLists, strings.everywhere, typed, onMac), [lists, typed]);
  return (
    <>
      <TextInput
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        placeholder={strings.searchKeys}
        aria-label={strings.searchKeys}
        leftSection={<IconSearch size={14} aria-hidden />}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to be able to */}
      <section className={classes.groups} tabIndex={0} aria-label={strings.help}>
        {groups.length === 0 && <p className={classes.none}>{strings.noKeys}</p>}
        {groups.map(({ title, lines }) => (
          <section key={title} className={classes.group} aria-label={title}>
            <h2 className={classes.title}>{title}</h2>
            <dl className={classes.lines}>
              {lines.map(({ label, keys }) => (
                <div key={label} className={classes.line}>
                  <dt>{label}</dt>
                  <dd>
                    {keys.map((key) => (
                      <Keys key={key} keys={key} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </section>
    </>
  );
}
