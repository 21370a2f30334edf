import { Group } from "@mantine/core";
import type { GivenSignature } from "@/api/types";
import { StateMark } from "@/ui/StateMark";
import classes from "./HistoryDrawer.module.css";
import { momentOf, STANDINGS } from "./words";

/** Each signature, and whether what is stored today is still what it was put under. */
export function Signatures({ given }: { given: GivenSignature[] }) {
  if (given.length === 0) return null;
  return (
    <>
      <h4 className={classes.label}>{given.length > 1 ? "Signatures" : "Signature"}</h4>
      {given.map((one) => (
        <Group key={`${one.name} ${one.content_sha256}`} gap={8} wrap="nowrap" align="flex-start" mb={6}>
          <StateMark mark={STANDINGS[one.standing].mark} label={STANDINGS[one.standing].label} />
          <div>
            <div>{one.name}{given.length > 1 && `, version ${one.version}`}, {momentOf(one.signed_at)}. {STANDINGS[one.standing].sentence}</div>
            <div className={classes.muted}><q>{one.meaning}</q></div>
            <div className={`${classes.muted} ${classes.hash}`}>SHA-256 {one.content_sha256}</div>
          </div>
        </Group>
      ))}
    </>
  );
}
