import { useLocation } from 'wouter';
import type { Draft } from '../../../shared/contract/draft.ts';
import type { PreflightFinding } from '../../../shared/forecast/preflight-types.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/preflight.ts';
import { CountMarks } from '../preflight/CountMarks.tsx';
import { FindingList } from '../preflight/FindingList.tsx';
import classes from './post.module.css';

interface PreflightSectionProps {
  readonly draft: Draft;
  readonly findings: readonly PreflightFinding[];
}

/** What the device would say to this post; an entry leads back to the draft, where its mend is. */
export function PreflightSection({ draft, findings }: PreflightSectionProps) {
  const [, navigate] = useLocation();
  const toEntry = ({ key }: { readonly key: string | undefined }) => {
    if (key !== undefined) navigate(`${paths.draft(draft.deviceId, draft.id)}?${new URLSearchParams({ entry: key })}`);
  };
  return (
    <section aria-labelledby="post-preflight">
      <h2 id="post-preflight" className={classes.sectionTitle}>
        {strings.title} <CountMarks findings={findings} />
      </h2>
      {findings.length === 0 ? <p>{strings.none}</p> : <FindingList findings={findings.map(shown)} onGo={toEntry} />}
    </section>
  );
}

/** Mending is the draft's matter: here only the way there is shown. */
function shown({ fix: _fix, ...finding }: PreflightFinding) {
  return finding;
}
