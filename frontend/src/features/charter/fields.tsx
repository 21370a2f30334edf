import { Checkbox, Group, NumberInput, Radio, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";

interface NumberProps {
  label: string;
  description: ReactNode;
  value: number;
  suffix?: string;
  min?: number;
  max: number;
  step?: number;
  onChange: (value: number) => void;
}

/** A whole number, or one in steps; while the field is empty, the rule stays as it was. */
export function NumberRule({ label, description, value, suffix = "", min = 0, max, step = 1, onChange }: NumberProps) {
  return (
    <NumberInput
      label={label} description={description} value={value} min={min} max={max} step={step} suffix={suffix} styles={{ wrapper: { maxWidth: 200 } }}
      allowDecimal={step < 1} clampBehavior="blur" onChange={(next) => typeof next === "number" && onChange(next)}
    />
  );
}

interface RadioProps<Value extends string> {
  label: string;
  value: Value;
  choices: { value: Value; label: string; about: string }[];
  onChange: (value: Value) => void;
}

/** One of a few ways, each with what it does to the study. */
export function RadioRule<Value extends string>({ label, value, choices, onChange }: RadioProps<Value>) {
  return (
    <Radio.Group aria-label={label} value={value} onChange={(next) => onChange(next as Value)}>
      <Stack gap={8}>
        {choices.map((choice) => (
          <Radio.Card key={choice.value} value={choice.value} p={14} radius={8}>
            <Group wrap="nowrap" align="flex-start">
              <Radio.Indicator mt={2} />
              <div>
                <Text fw={500}>{choice.label}</Text>
                <Text size="sm" c="dimmed">{choice.about}</Text>
              </div>
            </Group>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  );
}

interface CheckProps {
  label: string;
  description: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

export function CheckRule({ label, description, checked, onChange }: CheckProps) {
  return <Checkbox label={label} description={description} checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />;
}

interface ManyProps<Value extends string> {
  label: string;
  description?: ReactNode;
  value: Value[];
  choices: { value: Value; label: string; about: string }[];
  onChange: (value: Value[]) => void;
}

/** Any of several, also none. */
export function ManyRule<Value extends string>({ label, description, value, choices, onChange }: ManyProps<Value>) {
  return (
    <Checkbox.Group label={label} description={description} value={value} onChange={(next) => onChange(next as Value[])}>
      <Stack gap={10} mt={8}>
        {choices.map(({ value: one, label: name, about }) => (
          <Checkbox key={one} value={one} label={<>{name}<Text span size="sm" c="dimmed">, {about}</Text></>} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

/** A rule that may be off, with its number when it is on. */
export function OptionalNumber({ label, description, value, fallback, max, onChange }: {
  label: string;
  description: ReactNode;
  value: number | null;
  fallback: number;
  max: number;
  onChange: (value: number | null) => void;
}) {
  return (
    <Group align="flex-start" wrap="nowrap" gap={16}>
      <div style={{ flex: 1 }}>
        <CheckRule label={label} description={description} checked={value !== null} onChange={(isOn) => onChange(isOn ? fallback : null)} />
      </div>
      {value !== null && (
        <NumberInput aria-label={`${label}: how much`} value={value} min={0} max={max} w={90} allowDecimal={false} onChange={(next) => typeof next === "number" && onChange(next)} />
      )}
    </Group>
  );
}
