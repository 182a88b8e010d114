import { notifications } from '@mantine/notifications';

/** Says for a few seconds that something was done, where the screen shows it later or elsewhere. */
export function showNotice(message: string): void {
  notifications.show({ message, closeButtonProps: { 'aria-label': `Close: ${message}` } });
}
