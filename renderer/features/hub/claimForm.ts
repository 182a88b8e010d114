import { HubDeviceId, HubNick } from '../../../shared/contract/hub.ts';
import { claimStrings as strings } from '../../strings/hub.ts';

/** What the claim dialog's fields hold, as typed. */
export interface ClaimForm {
  readonly deviceId: string;
  readonly challenge: string;
  readonly nick: string;
}

export type ClaimErrors = Partial<Record<keyof ClaimForm, string>>;

interface Claim {
  readonly deviceId: HubDeviceId;
  readonly challenge: string;
  readonly nick?: string;
}

/** Takes the id out of what people paste: a PRN or a page's address ends in it. */
export function deviceIdIn(text: string): string {
  return /([0-9a-f]{24})\/?$/i.exec(text.trim())?.[1]?.toLowerCase() ?? text.trim();
}

/** The claim that the fields describe, or what is wrong with them, by field. */
export function claimOf(
  form: ClaimForm,
): { readonly claim: Claim; readonly errors?: never } | { readonly errors: ClaimErrors; readonly claim?: never } {
  const errors: ClaimErrors = {};
  const deviceId = HubDeviceId.safeParse(deviceIdIn(form.deviceId));
  const challenge = form.challenge.trim();
  const nick = form.nick.trim();
  if (!deviceId.success) errors.deviceId = strings.deviceIdWrong;
  if (challenge === '') errors.challenge = strings.challengeWrong;
  if (nick !== '' && !HubNick.safeParse(nick).success) errors.nick = strings.nickWrong;
  if (!deviceId.success || Object.keys(errors).length > 0) return { errors };
  return { claim: { deviceId: deviceId.data, challenge, ...(nick === '' ? {} : { nick }) } };
}
