import { Button, VisuallyHidden } from "@mantine/core";
import type { UploadLine } from "@/api/types";
import type { UploadCode } from "@/lib/brand";
import { formatTime } from "@/lib/format";
import { Grid } from "@/ui/Grid";
import { Panel } from "@/ui/Panel";
import { outcomeOf, wordsOf } from "./report";

interface Props {
  uploads: UploadLine[];
  selected: UploadCode | null;
  onSelect: (code: UploadCode) => void;
}

export function UploadsPanel({ uploads, selected, onSelect }: Props) {
  return (
    <Panel flush title="Uploads of this study">
      <Grid label="Uploads of this study">
        <thead>
          <tr>
            <th scope="col" style={{ width: 180 }}>Received</th>
            <th scope="col" style={{ width: 200 }}>State</th>
            <th scope="col">Files</th>
            <th scope="col" style={{ width: 100 }}><VisuallyHidden>Show</VisuallyHidden></th>
          </tr>
        </thead>
        <tbody>
          {uploads.map((upload) => (
            <tr key={upload.code} aria-current={upload.code === selected || undefined}>
              <td>{formatTime(upload.received_at)}</td>
              <td>{wordsOf(upload)}</td>
              <td>{outcomeOf(upload)}</td>
              <td style={{ textAlign: "right" }}>
                <Button variant="subtle" size="compact-sm" disabled={upload.code === selected || upload.state === "receiving"} onClick={() => onSelect(upload.code)}>
                  {upload.code === selected ? "Shown" : "Show"}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </Grid>
    </Panel>
  );
}
