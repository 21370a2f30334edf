import { Button, Group, Text } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import { IconDownload } from "@/ui/icons";
import { Panel } from "@/ui/Panel";
import { FONT, INK } from "./look";
import { save } from "./save";

interface Props {
  title: string;
  /** What is seen, for those who do not see it. */
  description: string;
  /** n and method, as under a figure of a paper. */
  caption: ReactNode;
  /** Of the drawing, in its own units. */
  size: readonly [width: number, height: number];
  /** What else can be chosen, above the figure. */
  controls?: ReactNode;
  onOpen?: (() => void) | undefined;
  children: ReactNode;
}

/** A figure with its caption; it can be taken along as it is, and leads to the readings behind it. */
export function Sheet({ title, description, caption, size: [width, height], controls, onOpen, children }: Props) {
  const svg = useRef<SVGSVGElement>(null);
  return (
    <Panel
      title={title}
      actions={
        <Group gap={8} wrap="nowrap">
          {onOpen && <Button size="compact-sm" variant="default" aria-label={`Readings behind: ${title}`} onClick={onOpen}>Readings</Button>}
          <Button
            size="compact-sm" variant="default" leftSection={<IconDownload size={14} />} aria-label={`Save as SVG: ${title}`}
            onClick={() => svg.current && save(svg.current)}
          >
            SVG
          </Button>
        </Group>
      }
    >
      {controls && <Group gap={12} mb={12}>{controls}</Group>}
      <figure style={{ margin: 0 }}>
        <svg
          ref={svg} role="img" aria-label={title} viewBox={`0 0 ${width} ${height}`} width={width} height={height}
          fontFamily={FONT} fontSize={12} fill={INK} style={{ display: "block", width: "100%", height: "auto", maxWidth: width, margin: "0 auto" }}
        >
          <desc>{description}</desc>
          <rect width={width} height={height} fill="#FFFFFF" />
          {children}
        </svg>
        <Text component="figcaption" size="sm" c="dimmed" mt={8}>{caption}</Text>
      </figure>
    </Panel>
  );
}
