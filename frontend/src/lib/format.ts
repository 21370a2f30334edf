const DATE_TIME = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
});

/** A moment in the person's own time zone: "3 Nov 2026, 14:03". */
export function formatTime(iso: string | null | undefined): string {
  return iso ? DATE_TIME.format(new Date(iso)) : "–";
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** A day of the calendar, or the day of a moment: "3 Nov 2026". */
export function formatDay(iso: string): string {
  return DAY.format(new Date(iso.length === 10 ? `${iso}T00:00` : iso));
}

const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** A size as people read it: "17.8 MB". */
export function formatBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${UNITS[unit]}`;
}

/** "1 case", "6 cases"; an irregular plural is given. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n.toLocaleString("en-GB")} ${n === 1 ? noun : plural}`;
}
