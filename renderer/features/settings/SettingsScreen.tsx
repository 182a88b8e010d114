import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { strings } from '../../strings/settings.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { Accounts } from '../hub/Accounts.tsx';
import { SecretsPlace } from '../hub/SecretsPlace.tsx';
import { KnownHosts } from './KnownHosts.tsx';
import classes from './SettingsScreen.module.css';

function Section({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <section className={classes.section} aria-label={heading}>
      <h2 className={classes.heading}>{heading}</h2>
      {children}
    </section>
  );
}

/** Appearance, hub accounts, keys, known hosts, and where data lives. */
export function SettingsScreen({ section: _section }: { section: string | undefined }) {
  const status = useLive(orpc.settings.status, undefined).data;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to be able to
    <section className={classes.screen} tabIndex={0} aria-label={strings.title}>
      <div className={classes.column}>
        <h1 className={classes.title}>{strings.title}</h1>
        <Section heading={strings.appearance}>
          <Theme />
        </Section>
        <Section heading={strings.accounts}>
          <p className={classes.dim}>{strings.accountsText}</p>
          <Accounts />
        </Section>
        <Section heading={strings.secrets}>
          <SecretsPlace />
        </Section>
        <Section heading={strings.key}>
          <p className={classes.dim}>{strings.keyText}</p>
          <OwnKey />
        </Section>
        <Section heading={strings.agent}>
          <AgentKeys />
        </Section>
        <Section heading={strings.hosts}>
          <p className={classes.dim}>{strings.hostsText}</p>
          <KnownHosts />
        </Section>
        <Section heading={strings.data}>
          <Facts
            facts={[
              {
                name: strings.profile,
                value: status !== undefined && (
                  <span className={classes.path}>
                    <code>{status.profileDir}</code>
                    <CopyButton text={status.profileDir} label={strings.copyProfile} />
                  </span>
                ),
              },
              { name: strings.version, value: status?.version },
            ]}
          />
        </Section>
      </div>
    </section>
  );
}

function Theme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      style={{ alignSelf: 'flex-start' }}
      aria-label={strings.theme}
      value={colorScheme}
      onChange={(chosen) => {
        if (chosen === 'light' || chosen === 'dark' || chosen === 'auto') setColorScheme(chosen);
      }}
      data={[
        { value: 'light', label: strings.light },
        { value: 'dark', label: strings.dark },
        { value: 'auto', label: strings.system },
      ]}
    />
  );
}

function OwnKey() {
  const { data, error } = useQuery(orpc.settings.ownKey.queryOptions());
  if (error !== null) return <ProblemPanel problem={problemOf(error)} />;
  return (
    <>
      <div className={classes.key}>
        <code>{data?.publicKey ?? '\u00a0'}</code>
        {data !== undefined && <CopyButton text={data.publicKey} label={strings.copyKey} />}
      </div>
      <Facts
        facts={[
          { name: strings.fingerprint, value: data !== undefined && <code>{data.fingerprint}</code> },
          { name: strings.keyFile, value: data !== undefined && <code>{data.path}</code> },
        ]}
      />
    </>
  );
}

function AgentKeys() {
  const { data } = useQuery(orpc.settings.agentKeys.queryOptions());
  if (data === undefined) return <p>&nbsp;</p>;
  if (!data.available) return <p className={classes.dim}>{strings.agentNone}</p>;
  if (data.keys.length === 0) return <p className={classes.dim}>{strings.agentEmpty}</p>;
  return data.keys.map((key) => <code key={key}>{key}</code>);
}
