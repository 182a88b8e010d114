/** Whether a person gave the revision up, rather than the device refusing it (hub: trails/put-trail-rev-cancel.go). */
export function isGivenUp(status: string, message: string): boolean {
  return status === 'WONTGO' && message === 'Mark as WONTGO as requested by owner';
}
