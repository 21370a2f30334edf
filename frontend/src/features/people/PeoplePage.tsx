import { Button, Text, VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { useSession } from "@/api/session";
import { useIsLocked, useStudyCode } from "@/api/studies";
import { useChangeMember, useMembers } from "@/api/team";
import type { Member } from "@/api/types";
import { Confirm } from "@/ui/Confirm";
import { Empty } from "@/ui/Empty";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Grid } from "@/ui/Grid";
import { IconPeople, IconPlus } from "@/ui/icons";
import { Loading } from "@/ui/Loading";
import { Page } from "@/ui/Page";
import { Panel } from "@/ui/Panel";
import { AddPersonDialog } from "./AddPersonDialog";
import { EmailCell } from "./EmailCell";
import { MachinesPanel } from "./MachinesPanel";
import { useEndMembership } from "./queries";
import { labelOf } from "./words";

export default function PeoplePage() {
  const members = useMembers(useStudyCode());
  const [isAdding, setIsAdding] = useState(false);
  const [leaving, setLeaving] = useState<Member | null>(null);
  const add = <Button leftSection={<IconPlus size={16} />} onClick={() => setIsAdding(true)}>Add a person</Button>;
  return (
    <Page title="People" description="Who takes part in this study, in which role. Two readers are needed at least, and an adjudicator who is neither." actions={add}>
      {members.isPending && <Loading label="Opening the people" />}
      {members.isError && <ErrorNotice error={members.error} onRetry={() => members.refetch()} />}
      {members.data && (
        <Panel flush>
          {members.data.length === 0 ? (
            <Empty title="Nobody yet" icon={<IconPeople size={32} />}>Add two readers, and an adjudicator.</Empty>
          ) : (
            <MemberGrid members={members.data} onEnd={setLeaving} />
          )}
        </Panel>
      )}
      <MachinesPanel />
      {isAdding && <AddPersonDialog onClose={() => setIsAdding(false)} />}
      {leaving && <EndDialog member={leaving} onClose={() => setLeaving(null)} />}
    </Page>
  );
}

function MemberGrid({ members, onEnd }: { members: Member[]; onEnd: (member: Member) => void }) {
  const me = useSession().data?.user?.username;
  const change = useChangeMember(useStudyCode());
  const isLocked = useIsLocked();
  return (
    <Grid label="People">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">User name</th>
          <th scope="col">Role</th>
          <th scope="col" style={{ width: 280 }}>E-mail, for reminders</th>
          <th scope="col" style={{ width: 140 }}><VisuallyHidden>End membership</VisuallyHidden></th>
        </tr>
      </thead>
      <tbody>
        {members.map((member) => (
          <tr key={`${member.username} ${member.role}`}>
            <td><Text fw={500} size="sm">{member.full_name}{member.username === me && " (you)"}</Text></td>
            <td>{member.username}</td>
            <td>{labelOf(member.role)}</td>
            <td>
              <EmailCell
                key={member.email} name={member.full_name} email={member.email} disabled={isLocked}
                error={change.variables?.member.username === member.username ? change.error : null}
                onChange={(email) => change.mutate({ member, change: { email } })}
              />
            </td>
            <td style={{ textAlign: "right" }}>
              {member.username !== me && (
                <Button variant="subtle" color="red" size="compact-sm" onClick={() => onEnd(member)} aria-label={`End membership of ${member.full_name}`}>
                  End membership
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </Grid>
  );
}

function EndDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const end = useEndMembership(useStudyCode());
  return (
    <Confirm
      opened title={`End the membership of ${member.full_name}?`} action="End membership" isDangerous isBusy={end.isPending} error={end.error}
      onConfirm={() => end.mutate(member.username, { onSuccess: onClose })} onCancel={onClose}
    >
      <Text>{member.full_name} can no longer open this study. What was signed stays signed.</Text>
    </Confirm>
  );
}
