import { Button, Select } from "@mantine/core";
import { ROLES, describe, useCorrectRole } from "@/api/cases";
import { useStudyCode } from "@/api/studies";
import type { CaseCheck, SeriesRole } from "@/api/types";
import { count } from "@/lib/format";
import { messageOf } from "@/lib/message";
import classes from "./CheckRoom.module.css";
import { useMayDecide } from "./useMayDecide";

const nameOf = (role: SeriesRole): string => (role === "OTHER" ? "Other" : role);

/** What a series is: its role, to be corrected here, and what the scanner said of it. */
export function SeriesHead({ check, number }: { check: CaseCheck; number: number }) {
  const correct = useCorrectRole(useStudyCode(), check.code);
  const mayDecide = useMayDecide(check);
  const one = check.series.find((series) => series.images_number === number);
  if (!one) return null;
  // To say that the role is right is a correction too: of the doubt.
  const set = (role: SeriesRole) => correct.mutate({ number: one.number, role });
  return (
    <header className={classes.head}>
      <h2>{`${nameOf(one.role)} ${one.plane}`}</h2>
      <Select
        size="xs" w={96} data={ROLES} value={one.role} allowDeselect={false} disabled={!mayDecide || correct.isPending} aria-label={`Role of series ${one.number}`}
        onChange={(role) => role && role !== one.role && set(role as SeriesRole)}
      />
      <span>{one.role_source === "physics" ? "from physics" : "corrected"}</span>
      <span className={classes.facts}>
        {[`series ${one.number}`, count(one.n_slices, "slice"), `${one.columns} × ${one.rows}`, describe(one.parameters)].filter(Boolean).join(" · ")}
      </span>
      {one.doubt && (
        <p className={classes.doubt}>
          {one.doubt}
          {mayDecide && <Button size="compact-xs" variant="default" ml={10} loading={correct.isPending} onClick={() => set(one.role)}>{`It is ${nameOf(one.role)}`}</Button>}
        </p>
      )}
      {correct.isError && <p className={classes.doubt} role="alert">{messageOf(correct.error)}</p>}
    </header>
  );
}
