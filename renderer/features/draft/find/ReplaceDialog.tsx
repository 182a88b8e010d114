import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { client } from '../../../rpc.ts';
import { strings } from '../../../strings/draft.ts';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import classes from '../draft.module.css';
import type { DraftEditing } from '../useDraft.ts';
import type { Replacement } from './replacing.ts';

interface ReplaceDialogProps {
  readonly plan: readonly Replacement[];
  readonly from: string;
  readonly to: string;
  readonly editing: DraftEditing;
  readonly onClose: () => void;
}

const words = strings.find;
/** So many entries are shown line by line. */
const shown = 100;

/** Shows every line before and after, and then replaces in all entries as one step. */
export function ReplaceDialog({ plan, from, to, editing, onClose }: ReplaceDialogProps) {
  const [busy, setBusy] = useState(false);
  const good = plan.flatMap((one) => (one.ok ? [one] : []));
  const left = plan.flatMap((one) => (one.ok ? [] : [one]));
  const replace = async () => {
    setBusy(true);
    const batch = { id: crypto.randomUUID(), label: words.step(from.slice(0, 80), to.slice(0, 80)) };
    for (const { key, text } of good) {
      const result = await editing.edit((at) => client.draft.setJson({ ...at, key, text, batch }));
      if (!result.ok) return setBusy(false);
    }
    onClose();
  };
  return (
    <Modal
      opened
      size={860}
      onClose={onClose}
      title={words.replaceTitle(good.length)}
      closeButtonProps={{ 'aria-label': strings.close }}
    >
      <Stack gap="md">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it */}
        <section className={classes.replaceList} aria-label={words.preview} tabIndex={0}>
          {good.slice(0, shown).map(({ key, lines }) => (
            <section key={key}>
              <h3 className={classes.replaceKey}>
                <code>{key}</code>
              </h3>
              {lines.map(({ line, before, after }) => (
                <div key={line} className={classes.replaceLine}>
                  <span className={classes.foundLine}>{line}</span>
                  <div>
                    <code className={classes.lineBefore}>
                      <span className={classes.srOnly}>{words.before} </span>
                      {before.trim()}
                    </code>
                    <code className={classes.lineAfter}>
                      <span className={classes.srOnly}>{words.after} </span>
                      {after.trim()}
                    </code>
                  </div>
                </div>
              ))}
            </section>
          ))}
          {good.length > shown && <p className={classes.dim}>{words.moreEntries(good.length - shown)}</p>}
          {left.map(({ key, reason }) => (
            <p key={key} className={classes.fault}>
              {words.leftAlone(key, reason)}
            </p>
          ))}
          {plan.length === 0 && <p className={classes.dim}>{words.nothingToReplace}</p>}
        </section>
        {editing.problem !== undefined && <ProblemPanel problem={editing.problem} />}
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>{strings.cancel}</Button>
          <Button variant="filled" disabled={good.length === 0} loading={busy} onClick={() => void replace()} data-autofocus>
            {words.replaceConfirm(good.length)}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
