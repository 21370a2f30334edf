import { Select, Stack, Text } from "@mantine/core";
import type { InstrumentLine, PracticeSet, Rules } from "@/api/types";
import { count } from "@/lib/format";
import { CheckRule, ManyRule, NumberRule, OptionalNumber, RadioRule } from "./fields";
import type { Draft } from "./queries";
import { Section } from "./Section";
import { DESIGNS, DISCLOSURES, HAS_OTHER, HAS_SHAMS, PRESENCES, RESOLUTIONS, STRATA } from "./words";

interface Props {
  draft: Draft;
  instruments: InstrumentLine[];
  practiceSets: PracticeSet[];
  /** What cannot be kept, in the server's words. */
  problems: string[];
  onChange: (draft: Partial<Draft>) => void;
  onRules: (rules: Partial<Rules>) => void;
}

/** Every rule of the charter, in the order in which a study meets them, each with what it does. */
export function DraftForm({ draft, instruments, practiceSets, problems, onChange, onRules }: Props) {
  const { rules } = draft;
  const part = { rules, problems, onRules };
  return (
    <Stack gap={24}>
      <Section part="design" title="Read design" problems={problems} description="Who reads a case, and how readings become one result. It stays once cases are assigned.">
        <Select
          label="Instrument" allowDeselect={false} maw={520} value={draft.instrument} onChange={(instrument) => instrument && onChange({ instrument })}
          data={instruments.map((one) => ({ value: one.reference, label: `${one.title} · version ${one.version}` }))}
        />
        <RadioRule label="Read design" value={rules.design} choices={DESIGNS} onChange={(design) => onRules({ design, ...(design !== "paired_adjudicated" && { sham_percent: 0, self_check: false }) })} />
        <CheckRule
          label="Every grade above 0 needs a pin in the images" checked={rules.requires_pins} onChange={(requires_pins) => onRules({ requires_pins })}
          description="Readers show where they see it before they can sign. Without this, pins are theirs to set or not."
        />
      </Section>
      <Assignment {...part} />
      <Repeats {...part} />
      {rules.design === "paired_adjudicated" && <Triggers {...part} />}
      {rules.design === "paired_adjudicated" && <Resolution {...part} />}
      <AfterSigning {...part} />
      <Calibration {...part} practiceSets={practiceSets} />
      <Section part="disclosure" title="Disclosure" problems={problems} description="From when coordinators and statisticians see agreement. Readers are never shown any.">
        <RadioRule label="Disclosure" value={rules.disclosure} choices={DISCLOSURES} onChange={(disclosure) => onRules({ disclosure })} />
      </Section>
    </Stack>
  );
}

interface PartProps {
  rules: Rules;
  problems: string[];
  onRules: (rules: Partial<Rules>) => void;
}

function Assignment({ rules, problems, onRules }: PartProps) {
  return (
    <Section part="assignment" title="Assignment and order" problems={problems} description="Readers are drawn at random from one sealed seed, balanced by reader and by pair. Each reader has an order of their own.">
      <NumberRule label="Readers" value={rules.pool_size} min={1} max={100} onChange={(pool_size) => onRules({ pool_size })} description="Nothing is assigned before so many have joined. More readers share the work; each pair then meets in fewer cases." />
      <ManyRule label="Balanced within each" description="So that no reader gets mostly one kind. None is usual in a study of one hospital; centre, where several send images." value={rules.strata} choices={STRATA} onChange={(strata) => onRules({ strata })} />
      <CheckRule
        label="Nobody reads a case of their own hospital" checked={rules.bars_own_centre} onChange={(bars_own_centre) => onRules({ bars_own_centre })}
        description="Say under Assign which hospital a reader works at. They might remember the patient."
      />
      <NumberRule
        label="Readings between two of one participant" value={rules.subject_gap} max={50} onChange={(subject_gap) => onRules({ subject_gap })}
        description="Keeps two visits apart in a reader's list, where there are enough other cases."
      />
    </Section>
  );
}

function Repeats({ rules, problems, onRules }: PartProps) {
  return (
    <Section part="repeats" title="Hidden repeats" problems={problems} description="Some readings are given to the same reader once more, under a new code, to measure how well readers agree with themselves. They never count for a result.">
      <NumberRule label="Share of readings" suffix=" %" value={rules.repeat_percent} max={50} onChange={(repeat_percent) => onRules({ repeat_percent })} description="0 for none; 10 to 20 % is usual." />
      {rules.repeat_percent > 0 && (
        <>
          <NumberRule
            label="Days in between" value={rules.repeat_min_days} min={1} max={365} onChange={(repeat_min_days) => onRules({ repeat_min_days })}
            description="Two weeks or more is usual: sooner, a case is remembered. The second part of a reader's list opens so long after the first is signed."
          />
          <NumberRule label="Other readings in between" value={rules.repeat_min_cases} min={1} max={100} onChange={(repeat_min_cases) => onRules({ repeat_min_cases })} description="At least so many, whatever the calendar says." />
        </>
      )}
    </Section>
  );
}

function Triggers({ rules, problems, onRules }: PartProps) {
  return (
    <Section part="triggers" title="What goes to the adjudicator" problems={problems} description="Any combination. A difference that nothing here catches is averaged; yes against no, and a grade against none, then stay unresolved.">
      <OptionalNumber
        label="Grades of a site differ by at least" value={rules.trigger_item_difference} fallback={1} max={3} onChange={(trigger_item_difference) => onRules({ trigger_item_difference })}
        description="1: every difference. 2: neighbouring grades are averaged."
      />
      <ManyRule label="Something against nothing" description="Whatever the size of the grade." value={rules.trigger_presence} choices={PRESENCES} onChange={(trigger_presence) => onRules({ trigger_presence })} />
      <OptionalNumber
        label="Totals differ by more than" value={rules.trigger_total} fallback={3} max={200} onChange={(trigger_total) => onRules({ trigger_total })}
        description="Then every site that differs is decided. Often the smallest detectable change of a pilot."
      />
      <CheckRule label="Only one reader could assess a site" checked={rules.trigger_not_assessable} onChange={(trigger_not_assessable) => onRules({ trigger_not_assessable })} description="Not assessable against a grade." />
      <CheckRule label="A yes-or-no item differs" checked={rules.trigger_flags} onChange={(trigger_flags) => onRules({ trigger_flags })} description="Degenerative changes, for instance." />
      <CheckRule
        label="Ask both readers again first" checked={rules.self_check} onChange={(self_check) => onRules({ self_check })}
        description="Once everything is read, both readers get a short second look at every case: the disputed sites, cleared, among as many others. Slips vanish before an adjudicator is asked. Every case is asked again, or being asked would tell a reader that the other one differs."
      />
    </Section>
  );
}

function AfterSigning({ rules, problems, onRules }: PartProps) {
  return (
    <Section part="afterwards" title="After signing" problems={problems} description="A reader may ask to change a signed reading; a coordinator decides. What was signed is kept, with its signature.">
      <CheckRule
        label="Also after the readings of its case were compared" checked={rules.reopens_compared} onChange={(reopens_compared) => onRules({ reopens_compared })}
        description="A deviation, recorded with a reason: the consensus of the case is superseded with what the adjudicator decided, and the case is compared anew. Without this, a compared reading stays as it was signed."
      />
    </Section>
  );
}

/** Another way of settling gives up what it has no use for. */
function Resolution({ rules, problems, onRules }: PartProps) {
  const choose = (resolution: Rules["resolution"]) => onRules({ resolution, ...(!HAS_SHAMS.includes(resolution) && { sham_percent: 0 }) });
  return (
    <Section part="resolution" title="How disputes are settled" problems={problems} description="An adjudicator is drawn among those who read nothing of the case. Sides are shuffled, and names are never shown.">
      <RadioRule label="How disputes are settled" value={rules.resolution} choices={RESOLUTIONS} onChange={choose} />
      {HAS_OTHER.includes(rules.resolution) && (
        <CheckRule
          label="An answer that neither reader gave may be given" checked={rules.may_give_other} onChange={(may_give_other) => onRules({ may_give_other })}
          description={rules.resolution === "own_first" ? "Beside the own answer, which can always be taken." : "Without this, one of the two answers is taken."}
        />
      )}
      {HAS_SHAMS.includes(rules.resolution) && (
        <NumberRule
          label="Agreed cases mixed in" suffix=" %" value={rules.sham_percent} max={50} onChange={(sham_percent) => onRules({ sham_percent })}
          description="Of the cases without a dispute, so that being asked does not mean that readers differ. What is decided there never counts. 0 for none."
        />
      )}
    </Section>
  );
}

function Calibration({ rules, problems, practiceSets, onRules }: PartProps & { practiceSets: PracticeSet[] }) {
  const sets = practiceSets.map((set) => ({ value: set.code, label: `${set.title} · ${count(set.n_cases, "case")} with references` }));
  return (
    <Section part="practice" title="Practice before the first case" problems={problems} description="Readers compare themselves with reference scores, site by site. Whoever is below the target gets no live case.">
      <Select
        label="Practice set" clearable maw={520} placeholder="No practice" value={rules.practice_set || null} data={sets} onChange={(practice_set) => onRules({ practice_set: practice_set ?? "" })}
        description={sets.length ? "Its cases are never study data." : "There is none for this instrument yet. Found one under New study: “This is a practice set”."}
      />
      {rules.practice_set && (
        <>
          <NumberRule label="Cases that count" value={rules.practice_cases} min={1} max={50} onChange={(practice_cases) => onRules({ practice_cases })} description="The latest ones; whoever is below the target practises again." />
          <NumberRule label="Weighted kappa to be reached" value={rules.practice_kappa} min={0.05} max={1} step={0.05} onChange={(practice_kappa) => onRules({ practice_kappa })} description="With the reference, over all graded sites together. 0.6 is commonly called substantial." />
        </>
      )}
      {!rules.practice_set && <Text size="sm" c="dimmed">Without practice, readers begin with live cases at once.</Text>}
    </Section>
  );
}
