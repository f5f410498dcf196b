export type PictureKind = "chef" | "dish" | "kitchen" | "cover";

export interface Picture {
  kind: PictureKind;
  seed: string;
}

interface IllustrationProps extends Picture {
  /** Cuisine codes or words that lead the choice: `korean`, `seafood`, `pasta`. */
  hints?: readonly string[];
  /** What it shows, where the text beside it does not say so. */
  label?: string;
}

export function Illustration({ kind, label }: IllustrationProps) {
  return (
    <svg
      viewBox={kind === "chef" ? "0 0 400 400" : "0 0 400 300"}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <rect width="400" height="400" fill="#f1d9c4" />
    </svg>
  );
}
