import { Illustration } from "#web/ui/illustration/Illustration";
import { Picture as Photo } from "#web/ui/Picture";
import classes from "./ChefPicture.module.css";
import type { Picture } from "./types";

/** A chef's portrait, round. The name stands beside it, so the picture says nothing to a screen reader. */
export function Portrait({ picture, size = 56 }: { picture: Picture; size?: number }) {
  return (
    <span className={classes.portrait} style={{ width: size, height: size }}>
      <Photo
        photo={picture.photo}
        sizes={`${size}px`}
        fallback={<Illustration kind="chef" seed={picture.seed} />}
      />
    </span>
  );
}

interface CoverProps {
  picture: Picture;
  /** Cuisines, which lead what lies on the plate. */
  hints?: readonly string[];
  kind?: "dish" | "kitchen";
  /** How wide a photo will be. */
  sizes?: string;
}

/** What a chef's table looks like: the photo that was sent, else an illustration. Fills its frame. */
export function Cover({
  picture,
  hints,
  kind = "dish",
  sizes = "(max-width: 48em) 100vw, 400px",
}: CoverProps) {
  return (
    <span className={classes.cover}>
      <Photo
        photo={picture.photo}
        sizes={sizes}
        fallback={<Illustration kind={kind} seed={picture.seed} hints={hints} />}
      />
    </span>
  );
}
