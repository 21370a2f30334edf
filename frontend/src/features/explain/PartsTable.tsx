import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import type { History } from "@/api/types";
import type { StudyCode } from "@/lib/brand";
import classes from "./HistoryDrawer.module.css";
import { explainPath } from "./places";

interface Props {
  study: StudyCode;
  code: string;
  reading: string;
  parts: History["parts"];
}

/** The items a sum is made of; each leads to its own history. */
export function PartsTable({ study, code, reading, parts }: Props) {
  return (
    <section className={classes.part}>
      <h3>What it is made of</h3>
      <table className={classes.parts} aria-label="What it is made of" style={{ marginTop: 4 }}>
        <tbody>
          {parts.map((part) => (
            <tr key={part.code}>
              <th scope="row"><Anchor component={Link} to={explainPath(study, code, part.code, reading)} size="sm" underline="hover">{part.label}</Anchor></th>
              <td className={classes.muted}>{part.note}</td>
              <td>{part.value || "–"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
