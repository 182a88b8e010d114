import { ActionIcon } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconLink, IconSearch } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { paths } from '../../routes/paths.ts';
import { nameVisit } from '../../routes/visits.ts';
import { useRecentPlaces } from '../../stores/recentPlaces.ts';
import { strings } from '../../strings/shell.ts';
import { hotkeyText } from '../../ui/hotkeyText.ts';
import { onMac } from '../../ui/onMac.ts';
import { useCheckouts } from '../checkouts/useCheckout.ts';
import { useFleet } from '../fleet/useFleet.ts';
import { crumbsOf } from './crumbs.ts';
import { HistoryButtons } from './HistoryButtons.tsx';
import { copyPlaceLink } from './placeLink.ts';
import classes from './TitleBar.module.css';

/** Back and forward, where the person is, and the palette's box. */
export function TitleBar() {
  const [path] = useLocation();
  const search = useSearch();
  const fleet = useFleet();
  const checkouts = useCheckouts().data;
  const crumbs = crumbsOf(
    path,
    search,
    (id) => fleet.data?.devices.get(id)?.name,
    (id) => checkouts?.find((one) => one.id === id)?.name,
  );
  const title = crumbs.map((crumb) => crumb.text).join(' / ');

  useEffect(() => {
    document.title = `${title} · Trailboss`;
    nameVisit(title);
  }, [title]);
  const remember = useRecentPlaces((recent) => recent.visited);
  useEffect(() => {
    remember(recentPlace(path), title);
  }, [path, title, remember]);

  return (
    <div className={classes.bar}>
      <div className={classes.buttons}>
        <HistoryButtons />
      </div>
      <nav aria-label={strings.breadcrumbs} style={{ flex: '1 1 auto', minWidth: 0 }}>
        <ol className={classes.crumbs}>
          {crumbs.map((crumb) => (
            <li key={`${crumb.href ?? ''} ${crumb.text}`}>
              {crumb.href === undefined ? (
                <span className={`${classes.crumb} ${crumb.mono === true ? classes.mono : ''}`} aria-current="page">
                  {crumb.text}
                </span>
              ) : (
                <Link href={crumb.href} className={classes.crumb}>
                  {crumb.text}
                </Link>
              )}
            </li>
          ))}
        </ol>
      </nav>
      <ActionIcon aria-label={strings.copyLink} title={strings.copyLink} onClick={() => void copyPlaceLink()}>
        <IconLink size={16} aria-hidden />
      </ActionIcon>
      <button
        type="button"
        className={classes.search}
        aria-keyshortcuts="Control+K"
        title={strings.paletteLabel}
        onClick={() => spotlight.open()}
      >
        <IconSearch size={14} aria-hidden />
        <span>{strings.search}</span>
        <kbd>{hotkeyText('mod+K', onMac)}</kbd>
      </button>
    </div>
  );
}

/** The tabs of a device are one place, and so are those of a checkout. */
function recentPlace(path: string): string {
  const [, area, id] = /^\/(device|checkout)\/([^/]+)(?:\/[a-z]+)?$/.exec(path) ?? [];
  if (id === undefined) return path;
  return area === 'device' ? paths.device(id) : paths.checkout(id);
}
