import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Bottle green, the one accent; 6 carries white text, 3 stands on dark ground. */
const pine: MantineColorsTuple = [
  '#eef5f1',
  '#dbe9e2',
  '#b6d3c6',
  '#8fc2aa',
  '#5a9c82',
  '#3a7d65',
  '#24634d',
  '#1d523f',
  '#174233',
  '#113328',
];

const clay: MantineColorsTuple = [
  '#fbf0ed',
  '#f4ddd7',
  '#e8b9ae',
  '#e39a8a',
  '#cf6e5b',
  '#bd533f',
  '#a8402d',
  '#8e3424',
  '#74291c',
  '#5b2016',
];

const stone: MantineColorsTuple = [
  '#ece7df',
  '#cdc6bb',
  '#a79f92',
  '#7d766a',
  '#4a453d',
  '#3a362f',
  '#2a2722',
  '#211e1a',
  '#1a1815',
  '#131210',
];

const sand: MantineColorsTuple = [
  '#f6f3ed',
  '#efebe3',
  '#e5dfd5',
  '#d6cfc3',
  '#bdb5a7',
  '#a0978a',
  '#847b6e',
  '#696156',
  '#4d463d',
  '#332e27',
];

/** Mantine in Crateful's type, colours and spacing; tokens of our own stand in `styles/tokens.css`. */
export const theme = createTheme({
  colors: { pine, clay, gray: sand, dark: stone },
  primaryColor: 'pine',
  primaryShade: { light: 6, dark: 4 },
  fontFamily: 'var(--font-body)',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", monospace',
  headings: { fontFamily: 'var(--font-display)', fontWeight: '560' },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '14px', xl: '20px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { fw: 560 } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true, arrowSize: 6, color: 'dark.6' } },
    Modal: {
      defaultProps: {
        centered: true,
        radius: 'lg',
        padding: 'lg',
        overlayProps: { backgroundOpacity: 0.45 },
      },
      styles: {
        content: { backgroundColor: 'var(--c-raised)' },
        header: { backgroundColor: 'var(--c-raised)' },
      },
    },
    Notification: { styles: { description: { color: 'var(--c-muted)' } } },
    SegmentedControl: { defaultProps: { withItemsBorders: false } },
    Loader: { defaultProps: { color: 'var(--c-accent)' } },
    InputWrapper: {
      styles: { label: { marginBottom: 4, fontWeight: 560 }, description: { marginBottom: 8 } },
    },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.35 } } },
  },
});

/** Points Mantine's own variables at our tokens, so that both schemes have one source. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--c-ground)',
    '--mantine-color-text': 'var(--c-text)',
    '--mantine-color-dimmed': 'var(--c-muted)',
    '--mantine-color-default': 'var(--c-surface)',
    '--mantine-color-default-hover': 'var(--c-hover)',
    '--mantine-color-default-color': 'var(--c-text)',
    '--mantine-color-default-border': 'var(--c-line-strong)',
    '--mantine-color-placeholder': 'var(--c-muted)',
    '--mantine-color-error': 'var(--c-bad)',
    '--mantine-color-anchor': 'var(--c-accent)',
    '--mantine-color-pine-filled': 'var(--c-accent-fill)',
    '--mantine-color-pine-filled-hover': 'var(--c-accent-fill-hover)',
    '--mantine-color-pine-light': 'var(--c-accent-soft)',
    '--mantine-color-pine-light-hover': 'var(--c-accent-soft-hover)',
    '--mantine-color-pine-light-color': 'var(--c-accent)',
    '--mantine-color-clay-light': 'var(--c-bad-soft)',
    '--mantine-color-clay-light-hover': 'var(--c-bad-soft)',
    '--mantine-color-clay-light-color': 'var(--c-bad)',
    '--mantine-primary-color-filled': 'var(--c-accent-fill)',
    '--mantine-primary-color-filled-hover': 'var(--c-accent-fill-hover)',
    '--mantine-primary-color-contrast': 'var(--c-on-accent)',
    '--mantine-primary-color-light': 'var(--c-accent-soft)',
    '--mantine-primary-color-light-hover': 'var(--c-accent-soft-hover)',
    '--mantine-primary-color-light-color': 'var(--c-accent)',
  };
  return { variables: shared, light: shared, dark: shared };
};
