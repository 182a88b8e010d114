import { navigate } from '../../../routes/hashLocation.ts';

export type NoticePermission = 'granted' | 'denied' | 'default' | 'missing';

/** Whether the computer lets us show notifications; `missing` where it has none. */
export function noticePermission(): NoticePermission {
  return 'Notification' in window ? Notification.permission : 'missing';
}

/** Asks the person, through the browser; to be called from a click. */
export async function askForNotices(): Promise<NoticePermission> {
  return 'Notification' in window ? await Notification.requestPermission() : 'missing';
}

interface NativeNotice {
  /** What it is about: there is one at a time about the same. */
  readonly id: string;
  readonly title: string;
  readonly body: string;
  /** The screen that a click leads to. */
  readonly place: string;
}

/** Shows a notification of the computer's own, if it is allowed to. A click brings the window, and opens the screen. */
export function showNative({ id, title, body, place }: NativeNotice): void {
  if (noticePermission() !== 'granted') return;
  const notice = new Notification(title, { body, tag: id });
  notice.onclick = () => {
    window.trailboss?.show?.();
    window.focus();
    navigate(place);
    notice.close();
  };
}

/** The lock that each window of the program holds while somebody looks at it. */
const lookedAt = 'trailboss:looked-at';
/** Windows hear of an end within this time of one another, in milliseconds. */
const heardWithin = 30_000;

/** Keeps the lock for as long as this window is looked at; returns the way to stop. */
export function holdWhileLookedAt(): () => void {
  let release: (() => void) | undefined;
  const follow = () => {
    const isLooked = document.visibilityState === 'visible' && document.hasFocus();
    if (!isLooked) {
      release?.();
      release = undefined;
    } else if (release === undefined) {
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      void navigator.locks.request(lookedAt, { mode: 'shared' }, () => held);
    }
  };
  const events = ['focus', 'blur'] as const;
  for (const event of events) window.addEventListener(event, follow);
  document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    for (const event of events) window.removeEventListener(event, follow);
    document.removeEventListener('visibilitychange', follow);
    release?.();
  };
}

/** Whether some window of the program is looked at. */
export async function isLookedAt(): Promise<boolean> {
  const { held } = await navigator.locks.query();
  return held?.some(({ name }) => name === lookedAt) ?? false;
}

/** Does something in one window only, of all that want to do it now. */
export function inOneWindow(id: string, work: () => void): void {
  void navigator.locks.request(`trailboss:tell ${id}`, { ifAvailable: true }, (lock) => {
    if (lock === null) return undefined;
    work();
    return new Promise((resolve) => setTimeout(resolve, heardWithin));
  });
}
