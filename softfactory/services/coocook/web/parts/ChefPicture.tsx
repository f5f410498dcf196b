import { Illustration } from "#web/ui/illustration/Illustration";
import classes from "./ChefPicture.module.css";
import type { Picture } from "./types";

/** A chef's portrait, round. The name stands beside it, so the picture says nothing to a screen reader. */
export function Portrait({ picture, size = 56 }: { picture: Picture; size?: number }) {
  return (
    <span className={classes.portrait} style={{ width: size, height: size }}>
      <Illustration kind="chef" seed={picture.seed} />
    </span>
  );
}

interface CoverProps {
  picture: Picture;
  /** Cuisines, which lead what lies on the plate. */
  hints?: readonly string[];
  kind?: "dish" | "kitchen";
}

/** What a chef's table looks like. Fills its frame. */
export function Cover({ picture, hints, kind = "dish" }: CoverProps) {
  return (
    <span className={classes.cover}>
      <Illustration kind={kind} seed={picture.seed} hints={hints} />
    </span>
  );
}
