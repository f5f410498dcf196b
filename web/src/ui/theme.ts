import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  createTheme,
  InputWrapper,
  type MantineColorsTuple,
  Input as MantineInput,
  Tooltip,
} from "@mantine/core";

/** The one accent: persimmon. Shade 8 carries white text at 5.6 to 1. */
const persimmon: MantineColorsTuple = [
  "#fff3ec",
  "#ffe3d3",
  "#ffc7a6",
  "#fca777",
  "#f78a4f",
  "#f0722e",
  "#e2601c",
  "#cc5214",
  "#b3440f",
  "#8f350a",
];

/** Warm greys, like paper. Shade 6 is the dimmed text: 5.4 to 1 on the page. */
const gray: MantineColorsTuple = [
  "#faf8f5",
  "#f3f0eb",
  "#e9e5de",
  "#dcd7ce",
  "#c8c2b8",
  "#a39c91",
  "#6b645b",
  "#4d4740",
  "#35302b",
  "#211d19",
];

const dark: MantineColorsTuple = [
  "#dcd8d3",
  "#bdb7b0",
  "#a09a93",
  "#6d6761",
  "#47423d",
  "#393531",
  "#2a2724",
  "#1d1b19",
  "#171513",
  "#0f0e0d",
];

/** A service's own colour, for its icon and its pictures; actions stay in the accent. */
export type Tint = "persimmon" | "cyan" | "grape" | "violet" | "teal" | "yellow" | "gray";

/** Nothing that can be touched is smaller. */
export const TOUCH = "44px";

export const theme = createTheme({
  primaryColor: "persimmon",
  primaryShade: { light: 8, dark: 8 },
  colors: { persimmon, gray, dark },
  defaultRadius: "md",
  radius: { xs: "6px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  spacing: { xs: "8px", sm: "12px", md: "16px", lg: "24px", xl: "40px" },
  fontFamily:
    "'UISans', 'Pretendard Variable', Pretendard, -apple-system, 'Apple SD Gothic Neo', 'Noto Sans KR', 'Noto Sans CJK KR', 'Malgun Gothic', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace",
  headings: {
    fontWeight: "700",
    sizes: {
      h1: { fontSize: "clamp(1.625rem, 1.35rem + 1.2vw, 2.25rem)", lineHeight: "1.25" },
      h2: { fontSize: "clamp(1.25rem, 1.15rem + 0.5vw, 1.5rem)", lineHeight: "1.35" },
      h3: { fontSize: "1.125rem", lineHeight: "1.4" },
      h4: { fontSize: "1rem", lineHeight: "1.4" },
    },
  },
  shadows: {
    xs: "0 1px 2px rgb(60 40 20 / 0.06)",
    sm: "0 1px 3px rgb(60 40 20 / 0.08), 0 4px 12px rgb(60 40 20 / 0.05)",
    md: "0 2px 6px rgb(60 40 20 / 0.08), 0 12px 28px rgb(60 40 20 / 0.09)",
  },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: "md" },
      vars: (_theme, props) => ({
        root: props.size === "md" || props.size === undefined ? { "--button-height": TOUCH } : {},
      }),
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { size: TOUCH, variant: "subtle", color: "gray" },
    }),
    Input: MantineInput.extend({
      defaultProps: { size: "md" },
      vars: () => ({ wrapper: { "--input-height": TOUCH } }),
    }),
    InputWrapper: InputWrapper.extend({ defaultProps: { size: "md" } }),
    TextInput: { defaultProps: { size: "md" } },
    PasswordInput: { defaultProps: { size: "md" } },
    NumberInput: { defaultProps: { size: "md" } },
    Textarea: { defaultProps: { size: "md" } },
    Select: { defaultProps: { size: "md", comboboxProps: { shadow: "md" } } },
    MultiSelect: { defaultProps: { size: "md", comboboxProps: { shadow: "md" } } },
    Modal: { defaultProps: { centered: true, radius: "lg" } },
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, multiline: true, maw: 280 } }),
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    "--sf-page-width": "1200px",
    "--sf-header-height": "64px",
    "--sf-bottom-bar-height": "60px",
    "--sf-brand": "#d9480f",
    // On the accent and on other full colours, in both schemes.
    "--sf-on-accent": "#ffffff",
    "--sf-shade": "rgb(60 40 20 / 0.08)",
  },
  light: {
    "--mantine-color-body": "#fdfbf8",
    "--mantine-color-text": "var(--mantine-color-gray-9)",
    "--mantine-color-error": "var(--mantine-color-red-9)",
    // An example in a field can be read, and is still not a value: 4.7 to 1, and 5 to 1 in the dark.
    "--mantine-color-placeholder": "#766f66",
    "--sf-surface": "#ffffff",
    "--sf-surface-sunken": "var(--mantine-color-gray-1)",
    "--sf-line": "var(--mantine-color-gray-2)",
    "--sf-accent-soft": "var(--mantine-color-persimmon-0)",
    "--sf-accent-soft-strong": "var(--mantine-color-persimmon-1)",
    "--sf-star": "#e08a00",
    "--sf-warning-ink": "#7a3b00",
    "--sf-warning-soft": "#fff1dc",
    "--sf-danger-ink": "#a61e1e",
    "--sf-danger-soft": "#fdecea",
    // Three to one against the surface and told apart by lightness too, whatever colours a reader sees.
    "--sf-chart-1": "var(--mantine-color-persimmon-7)",
    "--sf-chart-2": "#2f6f8f",
    "--sf-chart-3": "#8a5a9e",
    "--sf-chart-4": "#7d8a1f",
  },
  dark: {
    "--mantine-color-disabled": "var(--mantine-color-dark-5)",
    "--mantine-color-error": "var(--mantine-color-red-4)",
    "--mantine-color-placeholder": "var(--mantine-color-dark-2)",
    // What takes something away looks like it in the dark, too.
    "--mantine-color-red-light-color": "var(--mantine-color-red-3)",
    "--mantine-color-disabled-color": "var(--mantine-color-dark-2)",
    "--sf-surface": "var(--mantine-color-dark-6)",
    "--sf-surface-sunken": "var(--mantine-color-dark-8)",
    "--sf-line": "var(--mantine-color-dark-5)",
    "--sf-accent-soft": "rgb(226 96 28 / 0.16)",
    "--sf-accent-soft-strong": "rgb(226 96 28 / 0.28)",
    "--sf-star": "#ffc04d",
    "--sf-warning-ink": "#ffd08a",
    "--sf-warning-soft": "rgb(240 140 0 / 0.16)",
    "--sf-danger-ink": "#ffb8b3",
    "--sf-danger-soft": "rgb(224 49 49 / 0.2)",
    "--sf-chart-1": "var(--mantine-color-persimmon-4)",
    "--sf-chart-2": "#8cc7e0",
    "--sf-chart-3": "#c39ad4",
    "--sf-chart-4": "#c3cf6a",
  },
});
