import { Anchor, Badge, Button, Group } from "@mantine/core";
import { Link } from "react-router";
import { studyPath, useSession, useStudies } from "@/api/session";
import type { StudyLine } from "@/api/types";
import { Empty } from "@/ui/Empty";
import { Grid } from "@/ui/Grid";
import { IconLayers, IconPlus } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { PageError } from "@/ui/PageError";
import { Panel } from "@/ui/Panel";

export default function StudiesPage() {
  const studies = useStudies();
  const canOpen = useSession().data?.user?.can_open_studies ?? false;
  const open = canOpen && (
    <Button component={Link} to="/studies/new" leftSection={<IconPlus size={16} />}>New study</Button>
  );
  if (studies.isPending) return <Loading label="Opening your studies" />;
  if (studies.isError) return <PageError error={studies.error} onRetry={() => studies.refetch()} />;
  return (
    <Page title="Studies" description="The studies you are a member of." actions={studies.data.length > 0 && open} width={840}>
      {studies.data.length === 0 ? (
        <Panel>
          <Empty title="No study yet" icon={<IconLayers size={32} />} action={open}>
            {canOpen
              ? "Open a study: give it a title and choose the instrument its readers score with."
              : "You are not a member of a study yet. A coordinator adds you to one."}
          </Empty>
        </Panel>
      ) : (
        <Panel flush>
          <StudyGrid studies={studies.data} />
        </Panel>
      )}
    </Page>
  );
}

function StudyGrid({ studies }: { studies: StudyLine[] }) {
  return (
    <Grid label="Studies">
      <thead>
        <tr>
          <th scope="col">Study</th>
          <th scope="col" style={{ width: 160 }}>Your role</th>
        </tr>
      </thead>
      <tbody>
        {studies.map((study) => (
          <tr key={`${study.code} ${study.role}`}>
            <td style={{ height: 48 }}>
              <Group gap={10}>
                <Anchor component={Link} to={studyPath(study)} fw={500}>{study.title}</Anchor>
                {study.is_synthetic && <Badge variant="light" color="violet" tt="none" fw={500}>Synthetic demo</Badge>}
              </Group>
            </td>
            <td style={{ textTransform: "capitalize" }}>{study.role}</td>
          </tr>
        ))}
      </tbody>
    </Grid>
  );
}
