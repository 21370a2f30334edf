import { Anchor, Text } from "@mantine/core";
import { Link } from "react-router";
import { useStudyCode } from "@/api/studies";
import type { Allocation } from "@/api/types";
import { Empty } from "@/ui/Empty";
import { Grid } from "@/ui/Grid";
import { Panel } from "@/ui/Panel";

export function ReadersPanel({ readers }: { readers: Allocation["readers"] }) {
  const study = useStudyCode();
  return (
    <Panel flush title="Readers">
      {readers.length === 0 ? (
        <Empty title="No readers yet"><Anchor component={Link} to={`/studies/${study}/people`} underline="always">Add readers under People</Anchor></Empty>
      ) : (
        <Grid label="Readers">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">User name</th>
              <th scope="col" style={{ textAlign: "right" }}>Readings held</th>
            </tr>
          </thead>
          <tbody>
            {readers.map((reader) => (
              <tr key={reader.username}>
                <td><Text fw={500} size="sm">{reader.full_name}</Text></td>
                <td>{reader.username}</td>
                <td style={{ textAlign: "right" }}>{reader.held}</td>
              </tr>
            ))}
          </tbody>
        </Grid>
      )}
    </Panel>
  );
}
