import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { isSettingsSection, paths, type SettingsSection, settingsSections } from '../../routes/paths.ts';
import { strings } from '../../strings/settings.ts';
import { strings as signatureStrings } from '../../strings/signatures.ts';
import { Accounts } from '../hub/Accounts.tsx';
import { SecretsPlace } from '../hub/SecretsPlace.tsx';
import { TrustedSigners } from '../signatures/TrustedSigners.tsx';
import { About } from './About.tsx';
import { General } from './General.tsx';
import { Keys } from './Keys.tsx';
import { KnownHosts } from './KnownHosts.tsx';
import { Section } from './Section.tsx';
import classes from './SettingsScreen.module.css';
import { Storage } from './Storage.tsx';

const contents: { readonly [S in SettingsSection]: () => ReactNode } = {
  general: General,
  accounts: () => (
    <>
      <Section heading={strings.accounts} text={strings.accountsText}>
        <Accounts />
      </Section>
      <Section heading={strings.secrets}>
        <SecretsPlace />
      </Section>
    </>
  ),
  keys: Keys,
  hosts: () => (
    <Section heading={strings.hosts} text={strings.hostsText}>
      <KnownHosts />
    </Section>
  ),
  signers: () => (
    <Section heading={signatureStrings.trust.heading} text={signatureStrings.trust.text}>
      <TrustedSigners />
    </Section>
  ),
  storage: Storage,
  about: About,
};

/** All settings on one page, so that the browser's search finds them, with a list of their sections beside it. */
export function SettingsScreen({ section }: { section: string | undefined }) {
  const page = useRef<HTMLElement>(null);
  const [shown, setShown] = useSectionInSight(page, isSettingsSection(section) ? section : undefined);

  useEffect(() => {
    if (!isSettingsSection(section)) return;
    scrollToPart(page.current, document.getElementById(idOf(section)));
    setShown(section);
  }, [section, setShown]);

  return (
    <div className={classes.screen}>
      <nav className={classes.list} aria-label={strings.listOfSections}>
        {settingsSections.map((name) => (
          <Link
            key={name}
            href={paths.settings(name)}
            replace
            className={classes.item}
            aria-current={name === shown ? 'true' : undefined}
          >
            {strings.sections[name]}
          </Link>
        ))}
      </nav>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to be able to */}
      <section ref={page} className={classes.page} tabIndex={0} aria-label={strings.title}>
        <div className={classes.column}>
          <h1 className={classes.title}>{strings.title}</h1>
          {settingsSections.map((name) => {
            const Content = contents[name];
            return (
              <div key={name} id={idOf(name)} className={classes.part}>
                <h2 className={classes.partTitle}>{strings.sections[name]}</h2>
                <Content />
              </div>
            );
          })}
        </div>
      </section>
    </div>
  );
}

/** Scrolls the page alone: what is around it has no room to scroll, and must stay where it is. */
function scrollToPart(page: HTMLElement | null, part: HTMLElement | null): void {
  if (page === null || part === null) return;
  page.scrollTop += part.getBoundingClientRect().top - page.getBoundingClientRect().top;
}

function idOf(section: SettingsSection): string {
  return `settings-${section}`;
}

/** The section that stands at the top of the page, as it scrolls; at its end the one that was asked for if it is in sight, else the last. */
function useSectionInSight(page: RefObject<HTMLElement | null>, asked: SettingsSection | undefined) {
  const [shown, setShown] = useState<SettingsSection>('general');
  useEffect(() => {
    const root = page.current;
    if (root === null) return;
    const look = () => {
      const { top, bottom } = root.getBoundingClientRect();
      const topOf = (name: SettingsSection) => document.getElementById(idOf(name))?.getBoundingClientRect().top ?? bottom;
      const isAtEnd = root.scrollTop > 0 && root.scrollTop + root.clientHeight >= root.scrollHeight - 2;
      const aimedAt = asked !== undefined && topOf(asked) >= top - 1 && topOf(asked) < bottom ? asked : settingsSections.at(-1);
      const now = isAtEnd ? aimedAt : settingsSections.filter((name) => topOf(name) - top < 64).at(-1);
      if (now !== undefined) setShown(now);
    };
    root.addEventListener('scrollend', look);
    root.addEventListener('wheel', look, { passive: true });
    return () => {
      root.removeEventListener('scrollend', look);
      root.removeEventListener('wheel', look);
    };
  }, [page, asked]);
  return [shown, setShown] as const;
}
