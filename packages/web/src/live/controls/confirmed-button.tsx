import { useEffect, useState } from "preact/hooks";

type ConfirmedButtonProps = {
  readonly label: string;
  readonly confirmLabel: string;
  readonly isDisabled?: boolean;
  readonly onConfirm: () => void;
};

const ARMED_MS = 4_000;

/** For what cannot be taken back: the first click asks, the second one does it. */
export function ConfirmedButton({ label, confirmLabel, isDisabled = false, onConfirm }: ConfirmedButtonProps) {
  const [isArmed, setArmed] = useState(false);
  useEffect(() => {
    if (!isArmed) return undefined;
    const timer = setTimeout(() => setArmed(false), ARMED_MS);
    return () => clearTimeout(timer);
  }, [isArmed]);
  const click = (): void => {
    setArmed(!isArmed);
    if (isArmed) onConfirm();
  };
  return (
    <button class={`button ${isArmed ? "button-danger" : ""}`} type="button" disabled={isDisabled} onClick={click}>
      {isArmed ? confirmLabel : label}
    </button>
  );
}
