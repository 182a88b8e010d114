import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useParams } from 'wouter';
import { DraftId } from '../../../shared/contract/ids.ts';
import { parseState } from '../../../shared/state/state.ts';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { strings } from '../../strings/post.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { ForecastBar } from '../compare/forecast/ForecastBar.tsx';
import { useDraftForecast } from '../draft/useDraftForecast.ts';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';
import { DirectionChoice } from './DirectionChoice.tsx';
import { hubFormatting } from './formatting.ts';
import { PlanPanel } from './PlanPanel.tsx';
import { PostForm } from './PostForm.tsx';
import { PreflightSection } from './PreflightSection.tsx';
import classes from './post.module.css';
import { Reasons } from './Reasons.tsx';
import { usePostedText } from './usePostedText.ts';
import { usePostFindings } from './usePostFindings.ts';
import { usePostWords } from './usePostWords.ts';

/** The last look before a draft becomes a revision: what it will do, what is sent, and where a failure leads. */
export function PostScreen() {
  const { draftId } = useParams<{ draftId: string }>();
  const id = DraftId.safeParse(draftId);
  const live = useLive(orpc.draft.watch, id.success ? { draftId: id.data } : skipToken);
  const draft = live.data;
  const words = usePostWords(draftId);
  const plan = useQuery({
    ...orpc.update.plan.queryOptions({
      input: id.success ? { draftId: id.data, ...(words.via === undefined ? {} : { via: words.via }) } : skipToken,
      staleTime: 0,
      retry: false,
    }),
    // The choice stays while the other direction is asked.
    placeholderData: keepPreviousData,
  });
  const current = plan.isPlaceholderData ? undefined : plan.data;
  const via = words.via ?? current?.via;
  const posted = usePostedText(draft?.text, via);
  const { view, device, fallback, running } = useDraftForecast(draft, posted);
  const findings = usePostFindings({ draft, text: posted, via, plan: current, forecast: view.forecast });
  const formatting = useMemo(() => {
    const parsed = draft === undefined || via !== 'hub' ? undefined : parseState(draft.text);
    return hubFormatting(view.forecast, running, parsed?.ok ? parsed.state : undefined);
  }, [draft, via, view.forecast, running]);

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
        <PostForm draft={draft} plan={current} findings={findings} words={words}>
          <DirectionChoice plan={plan.data} via={via} onChange={words.setVia} />
        </PostForm>
        <div className={classes.facts}>
          <PreflightSection draft={draft} findings={findings} />
          <Reasons forecast={view.forecast} />
          <PlanPanel
            draft={draft}
            device={device?.summary}
            formatting={formatting}
            plan={current}
            error={plan.error}
            asking={plan.isFetching}
            onAgain={() => void plan.refetch()}
          />
        </div>
      </div>
    </div>
  );
}
