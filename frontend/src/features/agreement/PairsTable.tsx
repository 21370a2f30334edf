import { Popover, Stack, Text, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import type { TableAgreement } from "@/api/types";
import classes from "./AgreementGrid.module.css";
import { type Ask, ofCell } from "./behind";
import { CrossTable } from "./CrossTable";
import type { Column } from "./names";
import { pOf } from "./pvalue";
import { gradesOf, inWords } from "./statistic";

interface Props {
  row: TableAgreement;
  readers: [string, string];
  /** Whether a cell of the table is a set of cases: not where several sites are pooled. */
  hasCells: boolean;
  /** Statistics without a column of their own. */
  besides: Column[];
  onOpen: (ask: Ask) => void;
}

/** The number of pairs; it opens the table they make, and what else was computed from it. */
export function PairsTable({ row, readers, hasCells, besides, onOpen }: Props) {
  const [isOpen, setOpen] = useState(false);
  const grades = gradesOf(row.table);
  const pick = ([one, other]: [number, number]) => {
    setOpen(false);
    onOpen(ofCell(row.code, [one, other], `${readers[0]} ${grades[one]}, ${readers[1]} ${grades[other]}`));
  };
  return (
    <Popover position="bottom-start" withArrow shadow="md" trapFocus returnFocus opened={isOpen} onChange={setOpen}>
      <Popover.Target>
        <UnstyledButton className={classes.pairs} aria-label={`${row.n_pairs} pairs at ${row.label}: show the table`} onClick={() => setOpen(!isOpen)}>
          {row.n_pairs}
          {row.n_excluded > 0 && <Text span size="xs" c="dimmed"> (−{row.n_excluded})</Text>}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={`Grades of both readers: ${row.label}`}>
        <Stack gap={8} maw={360}>
          <CrossTable table={row.table} label={row.label} readers={readers} {...(hasCells ? { onCell: pick } : {})} />
          {row.n_excluded > 0 && <Text size="xs">{row.n_excluded} left out: not assessable to a reader.</Text>}
          {row.caution && <Text size="xs">{row.caution}</Text>}
          {besides.map(({ key, label, scale }) => row.statistics[key] && <Text key={key} size="xs">{label}: {inWords(row.statistics[key], scale)}.</Text>)}
          {row.marginals && <Text size="xs">One reader higher than the other: {pOf(row.marginals).text} ({row.marginals.method}).</Text>}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
