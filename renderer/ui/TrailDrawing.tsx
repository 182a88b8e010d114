/** The one drawing of the empty states: a trail of revisions, with a fork that was walked back from. */
export function TrailDrawing({ className }: { className: string }) {
  return (
    <svg className={className} width="168" height="72" viewBox="0 0 168 72" fill="none" stroke="currentColor" aria-hidden="true">
      <path d="M12 52 H64 C84 52 84 20 104 20 H156" strokeWidth="1.5" />
      <path d="M64 52 H112" strokeWidth="1.5" strokeDasharray="3 4" />
      <circle cx="12" cy="52" r="4" fill="currentColor" />
      <circle cx="38" cy="52" r="4" fill="var(--tb-bg)" strokeWidth="1.5" />
      <circle cx="64" cy="52" r="4" fill="currentColor" />
      <circle cx="104" cy="20" r="4" fill="var(--tb-bg)" strokeWidth="1.5" />
      <circle cx="130" cy="20" r="4" fill="currentColor" />
      <circle cx="156" cy="20" r="4" fill="currentColor" />
      <circle cx="156" cy="20" r="8" strokeWidth="1.5" />
      <path d="M109 49 L115 55 M115 49 L109 55" strokeWidth="1.5" />
    </svg>
  );
}
