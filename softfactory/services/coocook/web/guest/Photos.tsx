import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "#web/ui/icons";
import { Picture } from "#web/ui/Picture";
import { Cover } from "../parts/ChefPicture";
import type { Chef } from "../parts/types";
import classes from "./Photos.module.css";

const PhotoViewer = lazy(() =>
  import("#web/ui/PhotoViewer").then((module) => ({ default: module.PhotoViewer })),
);

const SIZES = ["(max-width: 48em) 100vw, 620px", "(max-width: 48em) 34vw, 300px", "300px"];

/** The top of a chef's page: the cover and the first of the gallery, which open large; else illustrations. */
export function Photos({ chef }: { chef: Chef }) {
  const { t } = useTranslation("shell/pictures");
  const [at, setAt] = useState<number | null>(null);
  const [seen, setSeen] = useState(false);
  const photos = [
    ...(chef.cover ? [chef.cover] : []),
    ...chef.gallery.filter((each) => each.id !== chef.cover?.id),
  ];
  if (photos.length === 0) {
    const drawn = { ...chef.picture, photo: null };
    return (
      <div className={classes.pictures} data-count={3} aria-hidden="true">
        <Cover kind="kitchen" picture={drawn} hints={chef.cuisines} />
        <Cover picture={drawn} hints={chef.cuisines} />
        <Cover picture={{ ...drawn, seed: `${drawn.seed}-2` }} hints={chef.cuisines} />
      </div>
    );
  }
  const shown = photos.slice(0, 3);
  const open = (index: number) => {
    setSeen(true);
    setAt(index);
  };
  return (
    <div className={classes.frame}>
      <div className={classes.pictures} data-count={shown.length}>
        {shown.map((photo, index) => (
          <button
            key={photo.id}
            type="button"
            className={classes.photo}
            aria-label={t("viewer.open", { number: index + 1 })}
            onClick={() => open(index)}
          >
            <Picture
              photo={photo}
              sizes={shown.length === 1 ? "(max-width: 75em) 100vw, 1200px" : (SIZES[index] ?? "300px")}
              fallback={
                <Cover kind="kitchen" picture={{ ...chef.picture, photo: null }} hints={chef.cuisines} />
              }
              eager={index === 0}
            />
          </button>
        ))}
      </div>
      {photos.length > 1 ? (
        <button type="button" className={classes.all} onClick={() => open(0)}>
          <Icon name="camera" size={18} />
          {t("viewer.all", { count: photos.length })}
        </button>
      ) : null}
      {seen ? (
        <Suspense>
          <PhotoViewer name={chef.name} photos={photos} at={at} onMove={setAt} onClose={() => setAt(null)} />
        </Suspense>
      ) : null}
    </div>
  );
}
