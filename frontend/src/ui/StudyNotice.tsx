import { Alert, Anchor } from "@mantine/core";
import { Link } from "react-router";
import { IconInfo, IconKey } from "./icons";

interface Props {
  study: string;
  state: "draft" | "open" | "locked";
}

/** Says on pages of a study that is not open for reading why that is, and where to go. */
export function StudyNotice({ study, state }: Props) {
  if (state === "draft") {
    return (
      <Alert variant="light" icon={<IconInfo />} title="This study is not open for reading yet">
        Its charter is a draft. Images can come in and be checked; nothing is assigned before{" "}
        <Anchor component={Link} to={`/studies/${study}/charter`} size="sm" underline="always">the rules are settled under Charter</Anchor>.
      </Alert>
    );
  }
  if (state === "locked") {
    return (
      <Alert variant="light" color="gray" icon={<IconKey />} title="This study is locked">
        Reading is over and nothing in it is written any more. The seed of its assignments is open.
      </Alert>
    );
  }
  return null;
}
