import {
  ActionIcon,
  Alert,
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  Loader,
  Menu,
  Modal,
  Notification,
  NumberInput,
  PasswordInput,
  Popover,
  Radio,
  SegmentedControl,
  Select,
  Tabs,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';

const field = { size: 'xs' } as const;

/** Mantine, made small and flat; colours come from tokens.css, so that both themes are written in one place. */
export const theme = createTheme({
  fontFamily: 'var(--tb-font)',
  fontFamilyMonospace: 'var(--tb-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '22px', xl: '24px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '3px', md: '4px', lg: '6px', xl: '8px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  primaryColor: 'gray',
  colors: {
    dark: ['#e2e5ea', '#c3c9d1', '#9ba5b3', '#68727f', '#464e59', '#2b3037', '#1b1e23', '#15171b', '#101215', '#0b0c0e'],
  },
  shadows: { xs: 'none', sm: 'none', md: 'none', lg: 'none', xl: 'none' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '18px' }, h2: { fontSize: '15px' }, h3: { fontSize: '13px' } } },
  components: {
    Button: Button.extend({
      defaultProps: { size: 'xs', variant: 'default', fw: 500 },
      vars: (_theme, props) => ({
        root: props.variant === 'filled' && props.color === undefined ? { '--button-color': 'var(--tb-on-ink)' } : {},
      }),
    }),
    ActionIcon: ActionIcon.extend({ defaultProps: { size: 24, variant: 'subtle', color: 'gray' } }),
    TextInput: TextInput.extend({ defaultProps: field }),
    PasswordInput: PasswordInput.extend({ defaultProps: field }),
    Notification: Notification.extend({
      defaultProps: { withBorder: true },
      styles: { root: { borderColor: 'var(--tb-line-strong)' }, description: { color: 'var(--tb-text)' } },
    }),
    // Above the status bar, which stays readable.
    Notifications: { styles: { root: { marginBottom: 20 } } },
    NumberInput: NumberInput.extend({ defaultProps: field }),
    Textarea: Textarea.extend({ defaultProps: field }),
    Select: Select.extend({ defaultProps: field }),
    Checkbox: Checkbox.extend({ defaultProps: { ...field, iconColor: 'var(--tb-on-ink)' } }),
    Radio: Radio.extend({ defaultProps: { ...field, iconColor: 'var(--tb-on-ink)' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: field }),
    Alert: Alert.extend({ defaultProps: { variant: 'outline' } }),
    Loader: Loader.extend({ defaultProps: { size: 16 } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        transitionProps: { transition: 'fade', duration: 120 },
        overlayProps: { backgroundOpacity: 0.3 },
      },
      styles: { title: { fontWeight: 600 }, content: { border: '1px solid var(--tb-line-strong)' } },
    }),
    // The placeholder that would have the focus first is no item of a menu.
    Menu: Menu.extend({
      defaultProps: { withInitialFocusPlaceholder: false, transitionProps: { transition: 'fade', duration: 120 } },
    }),
    Popover: Popover.extend({ defaultProps: { transitionProps: { transition: 'fade', duration: 120 } } }),
    Tabs: Tabs.extend({ defaultProps: { variant: 'default' } }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        openDelay: 400,
        multiline: true,
        maw: 360,
        transitionProps: { transition: 'fade', duration: 120 },
        fz: 'xs',
      },
    }),
  },
});

const sameInBoth = {
  '--mantine-color-body': 'var(--tb-bg)',
  '--mantine-color-text': 'var(--tb-text)',
  '--mantine-color-dimmed': 'var(--tb-text-dim)',
  '--mantine-color-placeholder': 'var(--tb-text-dim)',
  '--mantine-color-anchor': 'var(--tb-text)',
  '--mantine-color-error': 'var(--tb-refused)',
  '--mantine-color-default': 'var(--tb-bg-field)',
  '--mantine-color-default-hover': 'var(--tb-bg-hover)',
  '--mantine-color-default-color': 'var(--tb-text)',
  '--mantine-color-default-border': 'var(--tb-line-field)',
  '--mantine-color-disabled': 'var(--tb-bg-chrome)',
  '--mantine-color-disabled-color': 'var(--tb-text-dim)',
  '--mantine-color-disabled-border': 'var(--tb-line)',
  '--mantine-primary-color-filled': 'var(--tb-ink)',
  '--mantine-primary-color-filled-hover': 'var(--tb-ink-hover)',
  '--mantine-primary-color-contrast': 'var(--tb-on-ink)',
  '--mantine-color-gray-filled': 'var(--tb-ink)',
  '--mantine-color-gray-filled-hover': 'var(--tb-ink-hover)',
  '--mantine-color-gray-light': 'var(--tb-bg-hover)',
  '--mantine-color-gray-light-hover': 'var(--tb-bg-hover)',
  '--mantine-color-gray-light-color': 'var(--tb-text)',
  '--mantine-color-gray-text': 'var(--tb-text-dim)',
  '--mantine-color-gray-outline': 'var(--tb-line-strong)',
  '--mantine-color-red-outline': 'var(--tb-refused)',
  '--mantine-color-red-outline-hover': 'var(--tb-refused-bg)',
};

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: sameInBoth, dark: sameInBoth });
