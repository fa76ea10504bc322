import {
  createUnifiedTheme,
  genPageTheme,
  palettes,
  shapes,
  UnifiedTheme,
} from '@backstage/theme';

// Stock plugins are drawn with Material UI; these themes give them the colours
// of tokens.css, so that a page of theirs looks like a page of ours.
const fonts = {
  fontFamily: "'Inter Variable', system-ui, sans-serif",
};

function quietPageTheme(ink: string) {
  return genPageTheme({
    colors: ['transparent', 'transparent'],
    shape: shapes.round,
    options: { fontColor: ink },
  });
}

function withQuietHeaders(ink: string) {
  const page = quietPageTheme(ink);
  return {
    home: page,
    documentation: page,
    tool: page,
    service: page,
    website: page,
    library: page,
    other: page,
    app: page,
    apis: page,
    card: page,
  };
}

const flat = {
  MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
  BackstageHeader: {
    styleOverrides: { header: { boxShadow: 'none', backgroundImage: 'none' } },
  },
};

/** Light theme of stock plugins. */
export const lightTheme: UnifiedTheme = createUnifiedTheme({
  ...fonts,
  palette: {
    ...palettes.light,
    primary: { main: '#1d5c4a' },
    secondary: { main: '#5a615c' },
    background: { default: '#f6f7f5', paper: '#ffffff' },
    text: { primary: '#181b19', secondary: '#5a615c' },
    link: '#1d5c4a',
    linkHover: '#154638',
    navigation: {
      background: '#ffffff',
      indicator: '#1d5c4a',
      color: '#5a615c',
      selectedColor: '#181b19',
      navItem: { hoverBackground: '#eef1ee' },
      submenu: { background: '#ffffff' },
    },
  },
  pageTheme: withQuietHeaders('#181b19'),
  defaultPageTheme: 'home',
  components: flat,
});

/** Dark theme of stock plugins. */
export const darkTheme: UnifiedTheme = createUnifiedTheme({
  ...fonts,
  palette: {
    ...palettes.dark,
    primary: { main: '#86d0b8' },
    secondary: { main: '#a5aea9' },
    background: { default: '#141715', paper: '#1c201e' },
    text: { primary: '#f0f3f1', secondary: '#a5aea9' },
    link: '#86d0b8',
    linkHover: '#a2dcc9',
    navigation: {
      background: '#1c201e',
      indicator: '#86d0b8',
      color: '#a5aea9',
      selectedColor: '#f0f3f1',
      navItem: { hoverBackground: '#252a27' },
      submenu: { background: '#1c201e' },
    },
  },
  pageTheme: withQuietHeaders('#f0f3f1'),
  defaultPageTheme: 'home',
  components: flat,
});
