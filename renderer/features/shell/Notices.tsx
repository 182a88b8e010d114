import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { client, orpc, useLive } from '../../rpc.ts';
import { strings } from '../../strings/shell.ts';

/** Shows what the backend has to say of itself, such as a database that was kept aside, until the person closes it. */
export function Notices() {
  const { data: status } = useLive(orpc.settings.status, undefined);
  const notices = status?.notices;
  useEffect(() => {
    for (const notice of notices ?? []) {
      notifications.show({
        id: notice.id,
        title: notice.title,
        message: notice.text,
        autoClose: false,
        closeButtonProps: { 'aria-label': strings.alert.close(notice.title) },
        onClose: () => {
          // When it can't be told, the notice comes back with the next status: no harm.
          client.settings.dismissNotice({ id: notice.id }).catch(() => undefined);
        },
      });
    }
  }, [notices]);
  return null;
}
