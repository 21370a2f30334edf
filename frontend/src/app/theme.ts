import { type CSSVariablesResolver, type MantineColorsTuple, createTheme } from "@mantine/core";

const accent: MantineColorsTuple = [
  "#EEF4FC", "#DCE7F8", "#B9CFF0", "#8FB1E6", "#6493DA", "#3F78CC", "#1F5FBF", "#1A51A4", "#154388", "#1A51A4",
];
// The last shade is the one text takes on the second: at least 4.5:1.
const red: MantineColorsTuple = [
  "#FEF6F5", "#FDEFEE", "#F9D9D6", "#F0B0AB", "#E4857D", "#D3554B", "#B3261E", "#9C2019", "#861B15", "#9C2019",
];
const orange: MantineColorsTuple = [
  "#FFFAF3", "#FEF3E4", "#FBE2C2", "#F5C78B", "#EDAA55", "#E3932F", "#D9822B", "#A85B0F", "#8F4B09", "#7A4107",
];
const green: MantineColorsTuple = [
  "#F4FAF6", "#E9F5EE", "#CDE7D7", "#A3D1B5", "#74B78F", "#4B996C", "#2E7D4F", "#276B43", "#205838", "#205838",
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
  colors: { accent, dark: navy, red, orange, green },
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 4 },
  defaultRadius: "6px",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Notification: { defaultProps: { closeButtonProps: { "aria-label": "Close" } } },
    Modal: { styles: { title: { fontWeight: 600, fontSize: 16 } }, defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35 } } },
    Chip: { defaultProps: { variant: "outline" } },
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
