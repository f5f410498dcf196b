import type { Group } from "#web/dev/entry";
import classes from "#web/dev/Gallery.module.css";
import { Icon, type IconName, iconNames } from "#web/ui/icons";
import { Illustration } from "#web/ui/illustration/Illustration";

const KINDS = ["chef", "dish", "kitchen", "cover"] as const;

export const pictures: Group = {
  name: "pictures",
  entries: [
    {
      name: "Illustration",
      states: KINDS.map((kind) => ({
        name: `kind.${kind}`,
        Show: () => (
          <div className={classes.picture}>
            <Illustration kind={kind} seed="gallery" />
          </div>
        ),
      })),
    },
    {
      name: "Icon",
      states: [
        {
          name: "full",
          Show: () => (
            <ul className={classes.icons}>
              {iconNames.map((name: IconName) => (
                <li key={name}>
                  <Icon name={name} size={24} />
                  <code>{name}</code>
                </li>
              ))}
            </ul>
          ),
        },
      ],
    },
  ],
};
