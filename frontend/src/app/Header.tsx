import { Anchor, Button, Group, Menu, Text, UnstyledButton } from "@mantine/core";
import { Link, NavLink, useMatch, useNavigate } from "react-router";
import { studyPath, useSession, useStudies, watches } from "@/api/session";
import type { StudyLine } from "@/api/types";
import { useLeaving } from "@/features/session/SignOut";
import { IconCheck, IconChevronDown, IconKey, IconSignOut } from "@/ui/icons";
import { Logo } from "@/ui/Logo";
import classes from "./Header.module.css";

export function Header() {
  const studies = useStudies().data ?? [];
  const canOpen = useSession().data?.user?.can_open_studies ?? false;
  const has = (role: string) => studies.some((study) => study.role === role);
  return (
    <header className={classes.header}>
      <UnstyledButton component={Link} to="/" aria-label="Dens, start page">
        <Group gap={10} wrap="nowrap">
          <Logo />
          <Text fw={600} fz={16}>Dens</Text>
        </Group>
      </UnstyledButton>
      <nav aria-label="Main" className={classes.nav}>
        {(canOpen || studies.some((study) => watches(study.role))) && <NavLink to="/studies" className={classes.link}>Studies</NavLink>}
        {has("reader") && <NavLink to="/worklist" className={classes.link}>My readings</NavLink>}
        {has("adjudicator") && <NavLink to="/adjudications" className={classes.link}>Adjudications</NavLink>}
      </nav>
      <Group gap={8} ml="auto" wrap="nowrap">
        {placesOf(studies) > 1 && <StudySwitcher studies={studies.filter((study) => !(study.is_practice && study.role === "reader"))} />}
        <PersonMenu />
      </Group>
    </header>
  );
}

/** Somebody who only reads has one list, however many studies it is of. */
function placesOf(studies: StudyLine[]): number {
  return new Set(studies.map(studyPath)).size;
}

function StudySwitcher({ studies }: { studies: StudyLine[] }) {
  const here = useMatch("/studies/:code/*")?.params.code;
  const navigate = useNavigate();
  const current = studies.find((study) => study.code === here);
  return (
    <Menu position="bottom-end" width={320}>
      <Menu.Target>
        <Button variant="default" size="xs" rightSection={<IconChevronDown size={14} />} maw={{ base: 180, md: 320 }}>
          {current?.title ?? "Go to a study"}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {studies.map((study) => (
          <Menu.Item key={`${study.code} ${study.role}`} onClick={() => navigate(studyPath(study))} rightSection={study === current && <IconCheck size={16} />}>
            <Text size="md">{study.title}</Text>
            <Text size="xs" c="dimmed">{study.role}</Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function PersonMenu() {
  const user = useSession().data?.user;
  const { leave, isLeaving, question } = useLeaving();
  const navigate = useNavigate();
  return (
    <>
      {question}
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <Button variant="subtle" color="gray" c="inherit" size="xs" rightSection={<IconChevronDown size={14} />} loading={isLeaving}>
            {user?.full_name || user?.username}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Signed in as {user?.username}</Menu.Label>
          <Menu.Item leftSection={<IconKey size={16} />} onClick={() => navigate("/password", { state: { next: window.location.pathname } })}>
            Change password
          </Menu.Item>
          <Menu.Item leftSection={<IconSignOut size={16} />} onClick={leave}>
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** The first stop of the Tab key: past the header, to what the page is about. */
export function SkipLink() {
  return <Anchor href="#content" className={classes.skip}>Skip to the content</Anchor>;
}
