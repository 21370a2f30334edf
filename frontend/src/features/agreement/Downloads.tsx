import { Button, Menu, Text } from "@mantine/core";
import type { StudyCode } from "@/lib/brand";
import { IconChevronDown, IconDownload } from "@/ui/icons";
import { FILES, fileUrl } from "./files";

/** The report to take along. A figure is saved where it stands. */
export function Downloads({ study }: { study: StudyCode }) {
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} />} rightSection={<IconChevronDown size={14} />}>Download</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {FILES.map(({ name, label, about }) => (
          <Menu.Item
            key={name} component="a" href={fileUrl(study, name)} {...(name.endsWith(".html") ? { target: "_blank", rel: "noreferrer" } : { download: name })}
            rightSection={<Text size="xs" c="dimmed">{about}</Text>}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
