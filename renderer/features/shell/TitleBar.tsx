import { ActionIcon } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconArrowLeft, IconArrowRight, IconSearch } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { strings } from '../../strings/shell.ts';
import { useFleet } from '../fleet/useFleet.ts';
import { crumbsOf } from './crumbs.ts';
import classes from './TitleBar.module.css';

const onMac = navigator.userAgent.includes('Mac OS');

/** Back and forward, where the person is, and the palette's box. */
export function TitleBar() {
  const [path] = useLocation();
  const search = useSearch();
  const fleet = useFleet();
  const crumbs = crumbsOf(path, search, (id) => fleet.data?.devices.get(id)?.name);
  const title = crumbs.map((crumb) => crumb.text).join(' / ');

  useEffect(() => {
    document.title = `${title} · Trailboss`;
  }, [title]);

  return (
    <div className={classes.bar}>
      <div className={classes.buttons}>
        <ActionIcon aria-label={strings.back} title={strings.back} onClick={() => history.back()}>
          <IconArrowLeft size={16} aria-hidden />
        </ActionIcon>
        <ActionIcon aria-label={strings.forward} title={strings.forward} onClick={() => history.forward()}>
          <IconArrowRight size={16} aria-hidden />
        </ActionIcon>
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
      <button
        type="button"
        className={classes.search}
        aria-keyshortcuts="Control+K"
        title={strings.paletteLabel}
        onClick={() => spotlight.open()}
      >
        <IconSearch size={14} aria-hidden />
        <span>{strings.search}</span>
        <kbd>{onMac ? strings.paletteShortcutMac : strings.paletteShortcut}</kbd>
      </button>
    </div>
  );
}
