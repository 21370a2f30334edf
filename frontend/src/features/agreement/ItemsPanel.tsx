import { Popover, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { Fragment } from "react";
import type { ItemAgreement } from "@/api/types";
import { Grid } from "@/ui/Grid";
import { Panel } from "@/ui/Panel";
import { CrossTable } from "./CrossTable";
import { IntervalMark, IntervalScale } from "./IntervalMark";
import { StatisticText } from "./StatisticText";

function regionsOf(items: ItemAgreement[]): [string, ItemAgreement[]][] {
  const regions = new Map<string, ItemAgreement[]>();
  for (const item of items) regions.set(item.region, [...(regions.get(item.region) ?? []), item]);
  return [...regions];
}

export function ItemsPanel({ items }: { items: ItemAgreement[] }) {
  return (
    <Panel flush title="By site" description="The number of pairs opens the table of both readers' grades.">
      <Grid label="Agreement by site">
        <thead>
          <tr>
            <th scope="col">Site</th>
            <th scope="col" style={{ width: 90, textAlign: "right" }}>Pairs</th>
            <th scope="col" style={{ width: 90, textAlign: "right" }}>Left out</th>
            <th scope="col" style={{ width: 190 }}>Percent agreement</th>
            <th scope="col" style={{ width: 260 }}>Weighted kappa (95 % interval)</th>
            <th scope="col" style={{ width: 180 }}><VisuallyHidden>Interval drawn</VisuallyHidden><IntervalScale /></th>
          </tr>
        </thead>
        <tbody>
          {regionsOf(items).map(([region, inside]) => (
            <Fragment key={region}>
              {inside.map((item) => <Row key={item.item} item={item} />)}
            </Fragment>
          ))}
        </tbody>
      </Grid>
    </Panel>
  );
}

function Row({ item }: { item: ItemAgreement }) {
  return (
    <tr>
      <th scope="row"><Text size="sm">{item.label}</Text></th>
      <td style={{ textAlign: "right" }}>
        <Popover position="bottom-end" withArrow shadow="md">
          <Popover.Target>
            <UnstyledButton c="var(--dens-accent)" fz={13} fw={500} aria-label={`${item.n_pairs} pairs at ${item.label}: show the table`}>
              {item.n_pairs}
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown>
            <CrossTable table={item.table} label={item.label} />
          </Popover.Dropdown>
        </Popover>
      </td>
      <td style={{ textAlign: "right" }}>{item.n_excluded}</td>
      <td><StatisticText statistic={item.percent} scale="percent" /></td>
      <td><StatisticText statistic={item.kappa} scale="coefficient" /></td>
      <td><IntervalMark statistic={item.kappa} /></td>
    </tr>
  );
}
