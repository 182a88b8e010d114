import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Draft } from '../../../shared/contract/draft.ts';
import type { PostPlan } from '../../../shared/contract/update.ts';
import type { PreflightFinding } from '../../../shared/forecast/preflight-types.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/post.ts';
import { strings as preflightStrings } from '../../strings/preflight.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { useAcceptance } from './acceptance.ts';
import { blockersOf } from './blockers.ts';
import classes from './post.module.css';
import { checkName, hubNumber, shortName } from './revisionName.ts';
import type { TypedWords } from './usePostWords.ts';

interface PostFormProps {
  readonly draft: Draft;
  readonly plan: PostPlan | undefined;
  readonly findings: readonly PreflightFinding[];
  readonly words: TypedWords;
  /** Which way it goes. */
  readonly children: ReactNode;
}

/** Message and name of the new revision, and the button that sends it. */
export function PostForm({ draft, plan, findings, words, children }: PostFormProps) {
  const [, navigate] = useLocation();
  const [touched, setTouched] = useState(false);
  const name = words.name ?? (plan === undefined ? '' : shortName(plan.suggestedName));
  const checked = plan?.via === 'hub' ? hubNumber(plan.suggestedName) : checkName(name, plan?.takenNames ?? []);
  const blockers = blockersOf(draft, plan);
  const accepted = useAcceptance({ version: draft.version, via: plan?.via, findings });
  const mayFail = findings.some(({ severity }) => severity === 'fails');
  const post = useMutation(
    orpc.update.post.mutationOptions({
      onSuccess: ({ updateId }) => {
        words.forget();
        navigate(paths.update(draft.deviceId, updateId));
      },
    }),
  );
  const agreed = !accepted.needed || accepted.given;
  const ready = plan !== undefined && checked.ok && blockers.length === 0 && agreed && !post.isPending;
  const submit = () => {
    setTouched(true);
    if (!ready || !checked.ok) return;
    post.mutate({
      draftId: draft.id,
      version: draft.version,
      name: checked.revision,
      message: words.message,
      via: plan.via,
      ...(accepted.needed && { acceptRefusal: true }),
    });
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
      {accepted.needed ? (
        <div className={classes.refusal}>
          <p>{preflightStrings.refusedHint}</p>
          <Checkbox
            label={preflightStrings.accept}
            checked={accepted.given}
            onChange={(event) => accepted.set(event.currentTarget.checked)}
          />
        </div>
      ) : (
        mayFail && <p className={classes.mayFail}>{preflightStrings.failsHint}</p>
      )}
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
        <Button
          type="submit"
          variant={accepted.needed ? 'outline' : 'filled'}
          disabled={!ready}
          loading={post.isPending}
          {...(accepted.needed ? { color: 'red' } : {})}
        >
          {accepted.needed ? preflightStrings.postRefused : strings.post}
        </Button>
      </div>
    </form>
  );
}
