/** One thing a person can do: the same object behind its key, its button and its line in the help sheet. */
export interface Action {
  name: string;
  /** KeyboardEvent.code with modifiers in front, such as "Digit2", "Shift+Digit1", "Mod+Enter"; Mod is Ctrl, or Command on a Mac. */
  keys: string[];
  label: string;
  group: "Scoring" | "Evidence" | "Images" | "Reading" | "Check";
  enabled: boolean;
  perform: () => void;
}
