import { Button, Collapse, FileButton, Textarea, TextInput, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconChevronDown, IconChevronRight, IconCircleCheck } from '@tabler/icons-react';
import { longestCertificate } from '../../../shared/contract/hub.ts';
import { signInStrings as strings } from '../../strings/hub.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import classes from './hub.module.css';
import { type AddressErrors, type AddressForm, addressOf, certificatesIn, readableOnTheWay } from './hubAddressForm.ts';
import type { ProbeState } from './useHubProbe.ts';

interface AddressFieldsProps {
  readonly form: AddressForm;
  readonly errors: AddressErrors;
  readonly probe: ProbeState;
  /** The account has a certificate from before, which is used when none is given. */
  readonly hadCertificate: boolean;
  readonly certificateOpen: boolean;
  readonly onCertificateOpen: (open: boolean) => void;
  readonly onChange: (part: Partial<AddressForm>) => void;
  readonly onCheck: () => void;
}

/** Where the hub is, how its certificate is checked, and what answers there. */
export function AddressFields(props: AddressFieldsProps) {
  const { form, errors, probe, hadCertificate, certificateOpen, onCertificateOpen, onChange, onCheck } = props;
  const { address } = addressOf(form);
  const count = certificatesIn(form.ca);
  const Chevron = certificateOpen ? IconChevronDown : IconChevronRight;
  const takeFile = (file: File | null) => {
    // One byte past the limit is enough to say that it is too long.
    file
      ?.slice(0, longestCertificate + 1)
      .text()
      .then((ca) => onChange({ ca }));
  };
  return (
    <>
      <div className={classes.addressRow}>
        <TextInput
          label={strings.address}
          value={form.url}
          error={errors.url}
          autoComplete="url"
          spellCheck={false}
          onChange={(event) => onChange({ url: event.currentTarget.value })}
        />
        <Button onClick={onCheck} loading={probe.asking}>
          {strings.check}
        </Button>
      </div>
      {address !== undefined && readableOnTheWay(address) && (
        <p className={classes.warning}>
          <IconAlertTriangle size={16} aria-hidden />
          {strings.plain}
        </p>
      )}
      <UnstyledButton
        className={classes.disclosure ?? ''}
        aria-expanded={certificateOpen}
        onClick={() => onCertificateOpen(!certificateOpen)}
      >
        <Chevron size={14} aria-hidden />
        {strings.certificate}
      </UnstyledButton>
      <Collapse expanded={certificateOpen}>
        <div className={classes.certificate}>
          <Textarea
            className={classes.pem ?? ''}
            label={strings.certificateText}
            placeholder={strings.certificatePlaceholder}
            description={
              hadCertificate && form.ca === ''
                ? strings.certificateAgain
                : count > 0 && errors.ca === undefined
                  ? strings.certificateCount(count)
                  : undefined
            }
            rows={4}
            value={form.ca}
            error={errors.ca}
            spellCheck={false}
            onChange={(event) => onChange({ ca: event.currentTarget.value })}
          />
          <FileButton accept=".pem,.crt,.cer,.ca,application/x-pem-file,application/x-x509-ca-cert" onChange={takeFile}>
            {(button) => <Button {...button}>{strings.certificateFile}</Button>}
          </FileButton>
        </div>
      </Collapse>
      <div role="status">
        {probe.answer?.kind === 'hub' && (
          <p className={classes.answer}>
            <IconCircleCheck size={16} aria-hidden />
            {probe.answer.browserSignIn ? strings.answersWithBrowser : strings.answers}
          </p>
        )}
        {probe.problem !== undefined && <ProblemPanel problem={probe.problem} />}
      </div>
    </>
  );
}
