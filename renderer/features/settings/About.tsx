import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { strings } from '../../strings/settings.ts';
import { Facts } from '../../ui/Facts.tsx';
import { showProblem } from '../../ui/ProblemNotice.tsx';
import { showNotice } from '../../ui/showNotice.ts';
import { Section } from './Section.tsx';
import classes from './SettingsScreen.module.css';

/** The version, what a report of a problem should have with it, and the licences. */
export function About() {
  const version = useLive(orpc.settings.status, undefined).data?.version;
  const [licences, setLicences] = useState(false);
  const { mutate: copy, isPending } = useMutation(
    orpc.settings.diagnostics.mutationOptions({
      onSuccess: async ({ text }) => {
        await navigator.clipboard.writeText(`${text}\n${navigator.userAgent}\n`);
        showNotice(strings.copiedDiagnostics);
      },
      onError: (problem) => showProblem(problemOf(problem)),
    }),
  );
  return (
    <>
      <Section heading={strings.about} text={strings.aboutText}>
        <Facts facts={[{ name: strings.version, value: version }]} />
      </Section>
      <Section heading={strings.diagnostics} text={strings.diagnosticsText}>
        <div className={classes.row}>
          <Button loading={isPending} onClick={() => copy(undefined)}>
            {strings.copyDiagnostics}
          </Button>
        </div>
      </Section>
      <Section heading={strings.licences}>
        <div className={classes.row}>
          <Button onClick={() => setLicences(true)}>{strings.showLicences}</Button>
        </div>
      </Section>
      <Modal
        opened={licences}
        onClose={() => setLicences(false)}
        title={strings.licences}
        size={760}
        closeButtonProps={{ 'aria-label': strings.close }}
      >
        <Licences />
      </Modal>
    </>
  );
}

/** The texts that the build gathers beside the screens. */
function Licences() {
  const { data: text, isError } = useQuery({
    queryKey: ['licences'],
    queryFn: async ({ signal }) => {
      const answer = await fetch('licenses.md', { signal });
      const isText = answer.headers.get('content-type')?.startsWith('text/plain') ?? false;
      if (!answer.ok || !isText) throw new Error(strings.licencesMissing);
      return answer.text();
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isError) return <p>{strings.licencesMissing}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to be able to
    <pre className={classes.licences} tabIndex={0}>
      {text ?? '\u00a0'}
    </pre>
  );
}
