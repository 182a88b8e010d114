import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { strings } from '../../strings/settings.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { dataSize } from '../../ui/dataSize.ts';
import { Facts } from '../../ui/Facts.tsx';
import { showProblem } from '../../ui/ProblemNotice.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { showNotice } from '../../ui/showNotice.ts';
import { Section } from './Section.tsx';
import classes from './SettingsScreen.module.css';

/** The profile's folder, what takes up room in it, and the way to get some of it back. */
export function Storage() {
  const profileDir = useLive(orpc.settings.status, undefined).data?.profileDir;
  const queryClient = useQueryClient();
  const { data: use, error } = useQuery(orpc.settings.storage.queryOptions());
  const { mutate: clean, isPending } = useMutation(
    orpc.settings.cleanObjects.mutationOptions({
      onSuccess: ({ removed }) => showNotice(strings.cleaned(removed)),
      onError: (problem) => showProblem(problemOf(problem)),
      onSettled: () => queryClient.invalidateQueries({ queryKey: orpc.settings.storage.key() }),
    }),
  );
  const files = ({ count, bytes }: { count: number; bytes: number }) => `${strings.objectsOf(count)} · ${dataSize(bytes)}`;
  return (
    <Section heading={strings.data} text={strings.dataText}>
      {error !== null && <ProblemPanel problem={problemOf(error)} />}
      <Facts
        facts={[
          {
            name: strings.profile,
            value: profileDir !== undefined && (
              <span className={classes.path}>
                <code>{profileDir}</code>
                <CopyButton text={profileDir} label={strings.copyProfile} />
              </span>
            ),
          },
          { name: strings.database, value: use && dataSize(use.database) },
          { name: strings.states, value: use && strings.statesText(use.states) },
          { name: strings.activityKept, value: use && strings.entries(use.activity) },
          { name: strings.objects, value: use && files(use.objects) },
          { name: strings.unused, value: use && (use.unused.count === 0 ? strings.unusedNone : files(use.unused)) },
        ]}
      />
      {use !== undefined && use.unused.count > 0 && (
        <div className={classes.row}>
          <Button loading={isPending} onClick={() => clean(undefined)}>
            {strings.clean}
          </Button>
        </div>
      )}
    </Section>
  );
}
