import type { editor } from 'monaco-editor/editor';

export const themeName = 'trailboss';

const scheme = 'data-mantine-color-scheme';

/** Calls `apply` with the editor's theme now and whenever the window changes between light and dark. Lives as long as the window. */
export function followTheme(apply: (theme: editor.IStandaloneThemeData) => void): void {
  const root = document.documentElement;
  const update = () => {
    const style = getComputedStyle(root);
    apply(themeFrom((token) => style.getPropertyValue(`--tb-${token}`), root.getAttribute(scheme) === 'dark'));
  };
  update();
  new MutationObserver(update).observe(root, { attributes: true, attributeFilter: [scheme] });
}

/**
 * The editor's colours, from the tokens of the program (renderer/theme/tokens.css): quiet text, and colour only where a diff or a
 * remark means something. `token` gives a token's value; the editor takes six hex digits, with two more for opacity.
 */
export function themeFrom(token: (name: string) => string, dark: boolean): editor.IStandaloneThemeData {
  const hex = (name: string) => hexOf(token(name)) ?? (dark ? '#e2e5ea' : '#1b1f25');
  const rule = (scope: string, name: string, fontStyle = '') => ({ token: scope, foreground: hex(name).slice(1), fontStyle });
  return {
    base: dark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      rule('', 'text'),
      rule('string.key.json', 'text', 'bold'),
      rule('string.value.json', 'text'),
      rule('string', 'text'),
      rule('number', 'text', 'italic'),
      rule('keyword', 'text', 'italic'),
      rule('keyword.json', 'text', 'italic'),
      rule('delimiter', 'text-dim'),
      rule('comment', 'text-dim', 'italic'),
      rule('type', 'text', 'bold'),
      rule('variable', 'text'),
      rule('metatag', 'text-dim'),
    ],
    colors: {
      'editor.background': hex('bg'),
      'editor.foreground': hex('text'),
      'editorGutter.background': hex('bg'),
      'editorLineNumber.foreground': hex('text-dim'),
      'editorLineNumber.activeForeground': hex('text'),
      'editor.lineHighlightBackground': hex('bg-hover'),
      'editor.lineHighlightBorder': `${hex('bg-hover')}00`,
      'editor.selectionBackground': hex('bg-selected'),
      'editorCursor.foreground': hex('text'),
      'editorIndentGuide.background1': hex('line'),
      'editorIndentGuide.activeBackground1': hex('line-strong'),
      'editorWidget.background': hex('bg-chrome'),
      'editorWidget.border': hex('line-strong'),
      'editorHoverWidget.background': hex('bg-chrome'),
      'editorHoverWidget.border': hex('line-strong'),
      'editorSuggestWidget.background': hex('bg-chrome'),
      'editorSuggestWidget.border': hex('line-strong'),
      'editorSuggestWidget.selectedBackground': hex('bg-selected'),
      'editorSuggestWidget.selectedForeground': hex('text'),
      'editorBracketMatch.background': hex('bg-hover'),
      'editorBracketMatch.border': hex('line-strong'),
      'editorBracketHighlight.foreground1': hex('text-dim'),
      'editorBracketHighlight.foreground2': hex('text-dim'),
      'editorBracketHighlight.foreground3': hex('text-dim'),
      'editorError.foreground': hex('refused-mark'),
      'editorWarning.foreground': hex('reboot-mark'),
      'diffEditor.insertedLineBackground': `${hex('checkpoint-bg')}b0`,
      'diffEditor.removedLineBackground': `${hex('refused-bg')}b0`,
      'diffEditor.insertedTextBackground': `${hex('checkpoint-mark')}38`,
      'diffEditor.removedTextBackground': `${hex('refused-mark')}38`,
      'diffEditor.diagonalFill': hex('line'),
      'diffEditor.border': hex('line'),
      'diffEditorGutter.insertedLineBackground': hex('checkpoint-bg'),
      'diffEditorGutter.removedLineBackground': hex('refused-bg'),
      'diffEditor.unchangedRegionBackground': hex('bg-chrome'),
      'diffEditor.unchangedRegionForeground': hex('text-dim'),
      focusBorder: hex('focus'),
      'widget.shadow': '#00000000',
      'scrollbar.shadow': '#00000000',
      'scrollbarSlider.background': `${hex('line-strong')}50`,
      'scrollbarSlider.hoverBackground': `${hex('line-strong')}90`,
      'scrollbarSlider.activeBackground': `${hex('line-strong')}b0`,
    },
  };
}

/** Six hex digits with `#`; undefined for a colour that is written in another way. */
function hexOf(value: string): string | undefined {
  const text = value.trim().toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(text)) return text;
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(text);
  return short
    ? `#${short
        .slice(1)
        .map((digit) => digit + digit)
        .join('')}`
    : undefined;
}
