import { type CSSVariablesResolver, type MantineColorsTuple, createTheme } from "@mantine/core";

const accent: MantineColorsTuple = [
  "#EEF4FC", "#DCE7F8", "#B9CFF0", "#8FB1E6", "#6493DA", "#3F78CC", "#1F5FBF", "#1A51A4", "#154388", "#10356D",
];
const navy: MantineColorsTuple = [
  "#E1E1E1", "#C3CBD6", "#8FA9B8", "#5E7488", "#2A3568", "#1B2350", "#12183C", "#090C29", "#070920", "#050615",
];

/** One type scale and one spacing grid (8 px) for every page. */
export const theme = createTheme({
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  headings: {
    fontFamily: '"Inter Variable", system-ui, sans-serif',
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "20px", lineHeight: "28px" },
      h2: { fontSize: "16px", lineHeight: "24px" },
      h3: { fontSize: "14px", lineHeight: "20px" },
    },
  },
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "16px", sm: "18px", md: "20px", lg: "24px", xl: "28px" },
  colors: { accent, dark: navy },
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 4 },
  defaultRadius: "6px",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35 } } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: true } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#FFFFFF",
    "--mantine-color-text": "#1F2933",
    "--mantine-color-dimmed": "#5B6672",
    "--mantine-color-placeholder": "#6B7682",
    "--mantine-color-default-border": "#D5DAE1",
    "--mantine-color-error": "#B3261E",
    "--dens-page": "#F7F8FA",
    "--dens-surface": "#FFFFFF",
    "--dens-border": "#E3E6EB",
    "--dens-muted": "#5B6672",
    "--dens-accent": "#1F5FBF",
  },
  dark: {
    "--mantine-color-body": "#090C29",
    "--mantine-color-text": "#E1E1E1",
    "--mantine-color-dimmed": "#8FA9B8",
    "--mantine-color-default-border": "#1B2350",
    "--dens-page": "#050615",
    "--dens-surface": "#090C29",
    "--dens-border": "#1B2350",
    "--dens-muted": "#8FA9B8",
    "--dens-accent": "#5ACCE6",
  },
});
