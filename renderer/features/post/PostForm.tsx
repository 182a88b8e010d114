import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Draft } from '../../../shared/contract/draft.ts';
import type { PostPlan } from '../../../shared/contract/update.ts';
import type { Forecast } from '../../../shared/forecast/index.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/post.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { blockersOf } from './blockers.ts';
import classes from './post.module.css';
import { checkName, hubNumber, shortName } from './revisionName.ts';
import type { TypedWords } from './usePostWords.ts';

interface PostFormProps {
  readonly draft: Draft;
  readonly plan: PostPlan | undefined;
  readonly forecast: Forecast | undefined;
  readonly words: TypedWords;
  /** Which way it goes. */
  readonly children: ReactNode;
}

/** Message and name of the new revision, and the button that sends it. */
export function PostForm({ draft, plan, forecast, words, children }: PostFormProps) {
  const [, navigate] = useLocation();
  const [touched, setTouched] = useState(false);
  const name = words.name ?? (plan === undefined ? '' : shortName(plan.suggestedName));
  const checked = plan?.via === 'hub' ? hubNumber(plan.suggestedName) : checkName(name, plan?.takenNames ?? []);
  const blockers = blockersOf(draft, plan);
  const stopped = forecast !== undefined && forecast.kind !== 'move';
  const post = useMutation(
    orpc.update.post.mutationOptions({
      onSuccess: ({ updateId }) => {
        words.forget();
        navigate(paths.update(draft.deviceId, updateId));
      },
    }),
  );
  const ready = plan !== undefined && checked.ok && blockers.length === 0 && !post.isPending;
  const submit = () => {
    setTouched(true);
    if (!ready || !checked.ok) return;
    post.mutate({ draftId: draft.id, version: draft.version, name: checked.revision, message: words.message, via: plan.via });
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Textarea
        label={strings.message}
        description={strings.messageHint}
        autosize
        minRows={3}
        maxRows={10}
        maxLength={2000}
        autoFocus
        value={words.message}
        onChange={(event) => words.setMessage(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
        }}
      />
      {children}
      {plan?.via === 'hub' ? (
        <p className={classes.fixed}>
          {strings.number} <code>{plan.suggestedName}</code>
          <span className={classes.dim}>{strings.numberHint}</span>
        </p>
      ) : (
        <TextInput
          label={strings.name}
          description={strings.nameHint}
          classNames={{ input: classes.name ?? '' }}
          leftSection={<span className={classes.prefix}>{strings.prefix}</span>}
          leftSectionWidth={58}
          value={name}
          error={!checked.ok && (plan !== undefined || touched) ? strings.faults[checked.fault] : undefined}
          onChange={(event) => words.setName(event.currentTarget.value)}
        />
      )}
      {stopped && <p className={classes.warning}>{forecast.kind === 'crash' ? strings.crash : strings.refused}</p>}
      {blockers.length > 0 && (
        <ul className={classes.blockers} role="alert">
          {blockers.map((blocker) => (
            <li key={blocker}>{blocker}</li>
          ))}
        </ul>
      )}
      {post.error !== null && <ProblemPanel problem={problemOf(post.error)} />}
      <div className={classes.buttons}>
        <Button component={Link} href={paths.draft(draft.deviceId, draft.id)}>
          {strings.back}
        </Button>
        <Button type="submit" variant="filled" disabled={!ready} loading={post.isPending}>
          {stopped ? strings.postAnyway : strings.post}
        </Button>
      </div>
    </form>
  );
}
