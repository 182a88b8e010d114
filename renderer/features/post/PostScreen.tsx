import { skipToken, useQuery } from '@tanstack/react-query';
import { useParams } from 'wouter';
import { DraftId } from '../../../shared/contract/ids.ts';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { ForecastBar } from '../compare/forecast/ForecastBar.tsx';
import { useDraftForecast } from '../draft/useDraftForecast.ts';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';
import { PlanPanel } from './PlanPanel.tsx';
import { PostForm } from './PostForm.tsx';
import classes from './post.module.css';
import { Reasons } from './Reasons.tsx';
import { strings } from './strings.ts';

/** The last look before a draft becomes a revision: what it will do, what is sent, and where a failure leads. */
export function PostScreen() {
  const { draftId } = useParams<{ draftId: string }>();
  const id = DraftId.safeParse(draftId);
  const live = useLive(orpc.draft.watch, id.success ? { draftId: id.data } : skipToken);
  const draft = live.data;
  const { view, device, fallback } = useDraftForecast(draft);
  const plan = useQuery(
    orpc.update.plan.queryOptions({ input: id.success ? { draftId: id.data } : skipToken, staleTime: 0, retry: false }),
  );

  if (draft === undefined) {
    return live.error === null ? (
      <ScreenLoading />
    ) : (
      <div className={classes.screen}>
        <ProblemPanel problem={problemOf(live.error)} />
      </div>
    );
  }
  return (
    <div className={classes.screen}>
      <h1 className={classes.title}>
        {strings.title} {device?.summary.name ?? ''}
      </h1>
      <ForecastBar view={view} fallback={fallback} onEntry={() => undefined} />
      <div className={classes.columns}>
        <PostForm draft={draft} plan={plan.data} forecast={view.forecast} />
        <div className={classes.facts}>
          <Reasons forecast={view.forecast} />
          <PlanPanel
            draft={draft}
            plan={plan.data}
            error={plan.error}
            asking={plan.isFetching}
            onAgain={() => void plan.refetch()}
          />
        </div>
      </div>
    </div>
  );
}
