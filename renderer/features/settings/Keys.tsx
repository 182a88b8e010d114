import { useQuery } from '@tanstack/react-query';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/settings.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { Section } from './Section.tsx';
import classes from './SettingsScreen.module.css';

/** The keys that log in to devices: Trailboss's own, and those that an agent offers. */
export function Keys() {
  return (
    <>
      <Section heading={strings.key} text={strings.keyText}>
        <OwnKey />
      </Section>
      <Section heading={strings.agent}>
        <AgentKeys />
      </Section>
    </>
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
  return data.keys.map((key) => (
    <div key={key} className={classes.key}>
      <code>{key}</code>
      <CopyButton text={key} label={strings.copyAgentKey(key)} />
    </div>
  ));
}
