import { notifications } from "@mantine/notifications";
import { count } from "@/lib/format";
import { type Found, isDropping } from "./collect";

/** What the person meant to import; says so where something, or everything, is left out. */
export function meant(found: Found[]): Found[] {
  const files = found.filter(({ path }) => !isDropping(path));
  const leftOut = found.length - files.length;
  if (leftOut > 0) notifications.show({ message: `${count(leftOut, "system file")} (such as .DS_Store) left out.` });
  if (files.length === 0) notifications.show({ color: "orange", message: "There are no files in what you chose." });
  return files;
}
