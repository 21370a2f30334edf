import { Text, VisuallyHidden } from "@mantine/core";
import type { Covariate, Covariates } from "@/api/types";
import { useShown } from "@/lib/useShown";
import { Code } from "@/ui/Code";
import { Grid } from "@/ui/Grid";
import { heading } from "./table";

/** The newest table: a line for each participant in it, a column for each covariate. */
export function CovariatesGrid({ covariates, rows, without }: Covariates) {
  const { shown, hidden, showMore } = useShown(rows);
  const nEverybody = rows.length + without.length;
  return (
    <Grid label="Covariates" isWide hidden={hidden} onMore={showMore}>
      <thead>
        <tr>
          <th scope="col">Participant</th>
          {covariates.map((one) => <Heading key={one.name} covariate={one} nEverybody={nEverybody} />)}
        </tr>
      </thead>
      <tbody>
        {shown.map(({ participant, cells }) => (
          <tr key={participant}>
            <th scope="row"><Code>{participant}</Code></th>
            {covariates.map((one, place) => <td key={one.name} style={alignment(one)}>{cells[place] || <Missing />}</td>)}
          </tr>
        ))}
      </tbody>
    </Grid>
  );
}

function Heading({ covariate, nEverybody }: { covariate: Covariate; nEverybody: number }) {
  return (
    <th scope="col" style={alignment(covariate)}>
      <Text size="sm" fw={600} c="var(--mantine-color-text)">{heading(covariate)}</Text>
      <Text size="xs">{covariate.n} known of {nEverybody}</Text>
    </th>
  );
}

function Missing() {
  return <Text span size="sm" c="dimmed"><span aria-hidden>–</span><VisuallyHidden>missing</VisuallyHidden></Text>;
}

const alignment = ({ kind }: Covariate) => ({ textAlign: kind === "number" ? "right" : "left" }) as const;
