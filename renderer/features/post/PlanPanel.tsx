import { Button } from '@mantine/core';
import { IconAlertOctagonFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Draft } from '../../../shared/contract/draft.ts';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import type { PostPlan } from '../../../shared/contract/update.ts';
import { problemOf } from '../../rpc.ts';
import { strings } from '../../strings/post.ts';
import { DataSize } from '../../ui/DataSize.tsx';
import { dataSize } from '../../ui/dataSize.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { ShortSha } from '../../ui/ShortSha.tsx';
import { uploadBytes } from './blockers.ts';
import type { HubFormatting } from './formatting.ts';
import { HubNotices } from './HubNotices.tsx';
import { HubPlanPanel } from './HubPlanPanel.tsx';
import { MovedOn } from './MovedOn.tsx';
import classes from './post.module.css';

interface PlanPanelProps {
  readonly draft: Draft;
  readonly device: DeviceSummary | undefined;
  /** What the hub's form of JSON changes by itself. */
  readonly formatting: HubFormatting | undefined;
  readonly plan: PostPlan | undefined;
  readonly error: Error | null;
  readonly asking: boolean;
  readonly onAgain: () => void;
}

/** What the device said when it was asked: what to send, what is missing, and where a failure would take it. */
export function PlanPanel({ draft, device, formatting, plan, error, asking, onAgain }: PlanPanelProps) {
  if (error !== null) {
    return (
      <ProblemPanel problem={problemOf(error)}>
        <Button loading={asking} onClick={onAgain}>
          {strings.again}
        </Button>
      </ProblemPanel>
    );
  }
  if (plan === undefined) return <p className={classes.dim}>{strings.planning}</p>;
  return (
    <>
      <MovedOn draft={draft} plan={plan} onRebased={onAgain} />
      <HubNotices device={device} plan={plan} formatting={formatting} />
      {plan.hub !== undefined && <HubPlanPanel deviceId={draft.deviceId} plan={plan} hub={plan.hub} onAgain={onAgain} />}
      <Section id="post-fails" title={strings.fails}>
        <Rollback rollback={plan.rollback} />
      </Section>
      {plan.missing.length > 0 && <Missing missing={plan.missing} />}
      <Section id="post-upload" title={strings.upload}>
        <Upload plan={plan} />
      </Section>
      <Section id="post-ways" title={strings.ways}>
        {plan.upload.length > 0 && <p>{strings.uploadOver[plan.uploadWay]}</p>}
        <p>{strings.postOver[plan.postWay]}</p>
        {!plan.asked && plan.via === 'lan' && <p className={classes.dim}>{strings.notAsked}</p>}
      </Section>
    </>
  );
}

function Section({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className={classes.sectionTitle}>
        {title}
      </h2>
      {children}
    </section>
  );
}

function Rollback({ rollback }: { rollback: PostPlan['rollback'] }) {
  if (!rollback.known) return <p>{strings.checkpointUnknown}</p>;
  if (rollback.to === undefined) return <p className={classes.strong}>{strings.noCheckpoint}</p>;
  return (
    <>
      <p>{strings.backTo(rollback.to)}</p>
      {rollback.lost.length > 0 && (
        <p className={classes.strong}>
          {strings.lost(rollback.lost)} {strings.lostHint}
        </p>
      )}
    </>
  );
}

function Missing({ missing }: { missing: PostPlan['missing'] }) {
  return (
    <section className={classes.missing} aria-labelledby="post-missing">
      <h2 id="post-missing" className={classes.sectionTitle}>
        <IconAlertOctagonFilled size={16} aria-hidden /> {strings.missing}
      </h2>
      <ul className={classes.reasons}>
        {missing.map((object) => (
          <li key={object.key}>
            <ShortSha sha={object.sha} copy={false} />
            <code className={classes.reasonKey}>{object.key}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Upload({ plan }: { plan: PostPlan }) {
  if (plan.upload.length === 0) return <p>{plan.via === 'hub' ? strings.nothingHub : strings.nothing}</p>;
  return (
    <div className={classes.uploads}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{strings.entry}</th>
            <th scope="col">{strings.sha}</th>
            <th scope="col" className={classes.number}>
              {strings.size}
            </th>
          </tr>
        </thead>
        <tbody>
          {plan.upload.map((object) => (
            <tr key={object.sha}>
              <th scope="row">
                <code>{object.key}</code>
              </th>
              <td>
                <ShortSha sha={object.sha} copy={false} />
              </td>
              <td className={classes.number}>
                <DataSize bytes={object.size} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{strings.total}</th>
            <td>{plan.freeBytes !== undefined && strings.free(dataSize(plan.freeBytes))}</td>
            <td className={classes.number}>
              <DataSize bytes={uploadBytes(plan)} />
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
