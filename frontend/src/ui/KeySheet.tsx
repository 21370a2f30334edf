import { Kbd, Modal } from "@mantine/core";
import { Fragment } from "react";
import type { Action } from "@/lib/actions";
import { keyLabel } from "@/lib/keys";
import classes from "./KeySheet.module.css";

const MOUSE: [string, string][] = [
  ["Wheel", "Slice"],
  ["Ctrl + wheel", "Zoom"],
  ["Alt + wheel", "Slice of this pane only"],
  ["Left drag", "Window"],
  ["Middle drag, Shift + left", "Pan"],
  ["Right drag", "Zoom"],
  ["Double click", "One pane or two"],
  ["One finger", "Slice; at rest, a pin"],
  ["Two fingers", "Zoom and pan"],
  ["Three fingers", "Window"],
];

interface Props {
  actions: Action[];
  /** What the mouse does on this page: gesture, meaning. */
  mouse?: [string, string][];
  onClose: () => void;
}

/** Every key of the page, read from the very actions that the keys perform. */
export function KeySheet({ actions, mouse = MOUSE, onClose }: Props) {
  const groups = [...new Set(actions.map((action) => action.group))];
  return (
    <Modal opened onClose={onClose} title="Keys" size={980} transitionProps={{ duration: 0 }} closeButtonProps={{ "aria-label": "Close" }}>
      <div className={classes.columns}>
        {groups.map((group) => (
          <section key={group} className={classes.group}>
            <h3>{group}</h3>
            <dl>
              {linesOf(actions.filter((action) => action.group === group)).map(([label, keys]) => (
                <Fragment key={label}>
                  <dt><Caps keys={keys} /></dt>
                  <dd>{label}</dd>
                </Fragment>
              ))}
            </dl>
          </section>
        ))}
        <section className={classes.group}>
          <h3>Mouse</h3>
          <dl>
            {mouse.map(([gesture, what]) => (
              <Fragment key={gesture}>
                <dt className={classes.gesture}>{gesture}</dt>
                <dd>{what}</dd>
              </Fragment>
            ))}
          </dl>
        </section>
      </div>
    </Modal>
  );
}

/** Two ways to the same thing stand on one line. */
function linesOf(actions: Action[]): [string, string[]][] {
  const labels = [...new Set(actions.map((action) => action.label))];
  return labels.map((label) => [label, actions.filter((action) => action.label === label).flatMap((action) => action.keys)]);
}

function Caps({ keys }: { keys: string[] }) {
  // Shift+= is how some layouts type the + that is already there.
  const labels = [...new Set(keys.filter((key) => key !== "Shift+Equal").map((key) => keyLabel(key)))];
  return labels.map((label) => <Kbd key={label} size="xs">{label}</Kbd>);
}
