import { type ReactNode, useState } from "react";
import type { PictureView } from "#web/api/generated";
import classes from "./Picture.module.css";

interface PictureProps {
  /** What somebody sent; without one, or when it cannot be loaded, the fallback is shown. */
  photo: PictureView | null | undefined;
  fallback: ReactNode;
  /** How wide it will be: `(max-width: 48em) 100vw, 480px`. Decides which rendition is loaded. */
  sizes: string;
  /** What it shows, where no text beside it says so; otherwise it is decoration. */
  label?: string;
  /** Above the fold: load at once rather than when it comes near. */
  eager?: boolean;
  /** Keep all of it in sight, rather than fill the frame. */
  whole?: boolean;
}

/**
 * A photo in the frame around it. The frame has its size before anything is loaded, so nothing moves: first its main
 * colour, then a blur of sixteen pixels that came with the data, then the picture over it.
 */
export function Picture({ photo, fallback, sizes, label, eager = false, whole = false }: PictureProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const [loaded, setLoaded] = useState<string | null>(null);
  if (!photo || broken === photo.id) return fallback;
  const largest = photo.sources.at(-1);
  return (
    <span
      className={classes.frame}
      data-whole={whole || undefined}
      style={
        loaded === photo.id
          ? undefined
          : {
              backgroundColor: whole ? undefined : photo.colour,
              backgroundImage: `url("${photo.placeholder}")`,
            }
      }
    >
      <img
        key={photo.id}
        className={classes.image}
        data-loaded={loaded === photo.id || undefined}
        src={largest?.url}
        srcSet={photo.sources.map((source) => `${source.url} ${source.width}w`).join(", ")}
        sizes={sizes}
        width={photo.width}
        height={photo.height}
        alt={label ?? ""}
        loading={eager ? "eager" : "lazy"}
        decoding="async"
        draggable={false}
        ref={(image) => {
          // From the cache it may have come before React listened.
          if (image?.complete && image.naturalWidth > 0) setLoaded(photo.id);
        }}
        onLoad={() => setLoaded(photo.id)}
        onError={() => setBroken(photo.id)}
      />
    </span>
  );
}
