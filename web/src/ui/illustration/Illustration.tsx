import { memo } from "react";
import { Chef } from "#web/ui/illustration/chef";
import { Cover } from "#web/ui/illustration/cover";
import { Dish } from "#web/ui/illustration/dish";
import { Kitchen } from "#web/ui/illustration/kitchen";

export type PictureKind = "chef" | "dish" | "kitchen" | "cover";

/** A picture as the API names it. */
export interface Picture {
  kind: PictureKind;
  seed: string;
}

interface IllustrationProps extends Picture {
  /** What leads the choice, the most telling first: a dish's name in either language, then cuisine codes. */
  hints?: readonly string[];
  /** What it shows, where no text beside it says so; otherwise it is decoration. */
  label?: string;
  className?: string;
}

const NO_HINTS: readonly string[] = [];

/**
 * A picture drawn from its seed: the same everywhere and for ever, crisp at any size, and never a request.
 * Portraits are square, the others 4 to 3; the box around it decides the size and may crop (`slice`).
 */
export const Illustration = memo(function Illustration({
  kind,
  seed,
  hints = NO_HINTS,
  label,
  className,
}: IllustrationProps) {
  return (
    <svg
      className={className}
      viewBox={kind === "chef" ? "0 0 400 400" : "0 0 400 300"}
      preserveAspectRatio="xMidYMid slice"
      width="100%"
      height="100%"
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      focusable="false"
      style={{ display: "block" }}
    >
      {kind === "chef" ? <Chef seed={seed} hints={hints} /> : null}
      {kind === "dish" ? <Dish seed={seed} hints={hints} /> : null}
      {kind === "kitchen" ? <Kitchen seed={seed} /> : null}
      {kind === "cover" ? <Cover seed={seed} hints={hints} /> : null}
    </svg>
  );
});
