import {
  IconAdjustmentsHorizontal,
  IconDevices,
  IconFolderCode,
  IconHistory,
  IconSettings,
  type TablerIcon,
} from '@tabler/icons-react';
import { Link, useLocation } from 'wouter';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/shell.ts';
import classes from './Rail.module.css';

interface RailItemProps {
  readonly href: string;
  readonly text: string;
  readonly icon: TablerIcon;
  readonly here: boolean;
  readonly foot?: boolean;
}

function RailItem({ href, text, icon: Icon, here, foot = false }: RailItemProps) {
  return (
    <Link href={href} className={`${classes.item} ${foot ? classes.foot : ''}`} aria-current={here ? 'page' : undefined}>
      <Icon size={20} stroke={1.5} aria-hidden />
      {text}
    </Link>
  );
}

/** The narrow rail on the left: the areas of the program. */
export function Rail() {
  const [path] = useLocation();
  const inActivity = path === paths.activity() || path === paths.fidelity();
  const inPolicies = path === paths.policies();
  const inCheckouts = path === paths.checkouts() || path.startsWith('/checkout/');
  const inSettings = path.startsWith(paths.settings());
  return (
    <nav className={classes.rail} aria-label={strings.screens}>
      <RailItem
        href={paths.fleet()}
        text={strings.fleet}
        icon={IconDevices}
        here={!inActivity && !inPolicies && !inCheckouts && !inSettings}
      />
      <RailItem href={paths.checkouts()} text={strings.checkouts} icon={IconFolderCode} here={inCheckouts} />
      <RailItem href={paths.policies()} text={strings.policies} icon={IconAdjustmentsHorizontal} here={inPolicies} />
      <RailItem href={paths.activity()} text={strings.activity} icon={IconHistory} here={inActivity} />
      <RailItem href={paths.settings()} text={strings.settings} icon={IconSettings} here={inSettings} foot />
    </nav>
  );
}
