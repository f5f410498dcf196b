import type { Dice } from "#web/ui/illustration/dice";
import { n } from "#web/ui/illustration/dice";
import type { Hair } from "#web/ui/illustration/hair";
import type { PortraitPalette, SKINS } from "#web/ui/illustration/palettes";

type Skin = (typeof SKINS)[number];
export type Wear = "jacket" | "apron" | "hanbok" | "happi";
type Hat = "toque" | "cap" | "scarf" | "band" | "none";

export function wearFor(hints: readonly string[], dice: Dice): Wear {
  if (hints.includes("temple") || hints.includes("royal_court"))
    return dice.chance(0.75) ? "hanbok" : "apron";
  if (hints.includes("korean") && dice.chance(0.25)) return "hanbok";
  if (hints.includes("japanese")) return dice.chance(0.7) ? "happi" : "jacket";
  if (hints.includes("bbq") || hints.includes("vegan") || hints.includes("dessert"))
    return dice.chance(0.6) ? "apron" : "jacket";
  return dice.chance(0.62) ? "jacket" : "apron";
}

export function hatFor(hair: Hair, wear: Wear, dice: Dice): Hat {
  if (wear === "hanbok") return "none";
  if (wear === "happi") return dice.chance(0.6) ? "band" : "none";
  if (hair === "curly" || hair === "bun") return dice.pick<Hat>(["none", "scarf", "none"]);
  return wear === "jacket"
    ? dice.pick<Hat>(["toque", "toque", "cap", "none", "scarf"])
    : dice.pick<Hat>(["none", "none", "cap", "scarf"]);
}

/** Shoulders and neck, in what is worn. */
export function Body({
  wear,
  colours,
  skin,
  dice,
}: {
  wear: Wear;
  colours: PortraitPalette;
  skin: Skin;
  dice: Dice;
}) {
  const { jacket, fold, trim } = colours;
  const shoulders = "M44 410C46 336 92 302 158 284L200 300 242 284C308 302 354 336 356 410Z";
  const neck = (
    <>
      <path d="M168 220h64v58a32 24 0 0 1 -64 0z" fill={skin.face} />
      <path d="M168 236c12 22 52 22 64 0v18c-14 18 -50 18 -64 0z" fill={skin.shade} />
    </>
  );
  if (wear === "hanbok" || wear === "happi") {
    return (
      <>
        {neck}
        <path d={shoulders} fill={jacket} />
        <path
          d="M158 284C186 330 214 356 250 410H196C186 372 164 330 140 292Z"
          fill={wear === "happi" ? trim : fold}
        />
        <path d="M242 284C222 332 196 372 150 410H212C240 372 258 326 262 290Z" fill={trim} />
        {wear === "hanbok" ? (
          <path
            d="M238 282C218 330 190 368 144 408M162 282c14 26 28 46 42 62"
            stroke="#fff"
            strokeWidth="8"
            fill="none"
          />
        ) : (
          <path
            d="M74 346h34M74 362h34M294 346h34M294 362h34"
            stroke={trim}
            strokeWidth="6"
            strokeLinecap="round"
          />
        )}
      </>
    );
  }
  if (wear === "apron") {
    const shirt = dice.pick(["#fffaf2", "#e9dfd0", "#54606b", "#8a9a84", "#d08c60"]);
    return (
      <>
        {neck}
        <path d={shoulders} fill={shirt} />
        <path d="M158 284c10 26 74 26 84 0l8 4c-10 40 -90 40 -100 0z" fill="#000" opacity=".1" />
        <path d="M126 410V344c30 10 118 10 148 0v66z" fill={trim} />
        <path d="M132 346L152 287M268 346L248 287" stroke={trim} strokeWidth="12" />
        <path d="M170 388h60" stroke="#fff" strokeOpacity=".5" strokeWidth="4" strokeLinecap="round" />
      </>
    );
  }
  return (
    <>
      {neck}
      <path d={shoulders} fill={jacket} />
      <path d="M242 284L172 340V410H208V352L262 292Z" fill={fold} opacity=".55" />
      <path
        d="M156 284C150 276 156 262 166 258L200 302 234 258C244 262 250 276 244 284L204 326H196Z"
        fill={jacket}
      />
      <path d="M166 258L200 302 234 258" fill="none" stroke={trim} strokeWidth="6" strokeLinejoin="round" />
      {[348, 380].map((y) => (
        <g key={y} fill={trim}>
          <circle cx="150" cy={y} r="6.500" />
          <circle cx="236" cy={y} r="6.500" />
        </g>
      ))}
      <path
        d="M88 348c8 16 12 34 12 62M312 348c-8 16 -12 34 -12 62"
        stroke={fold}
        strokeWidth="5"
        fill="none"
        strokeLinecap="round"
      />
    </>
  );
}

export function Headgear({
  hat,
  colours,
  hair,
  dice,
}: {
  hat: Hat;
  colours: PortraitPalette;
  hair: Hair;
  dice: Dice;
}) {
  const white = colours.jacket.startsWith("#f") ? colours.jacket : "#fffaf2";
  const crease = colours.jacket.startsWith("#f") ? colours.fold : "#e6dccb";
  switch (hat) {
    case "toque":
      return (
        <g>
          <path
            d="M140 96C112 96 104 62 126 50C130 22 168 12 188 28C204 8 250 12 262 40C290 46 294 88 262 96Z"
            fill={white}
          />
          <path
            d="M166 92C162 74 164 62 168 52M202 90c-2 -18 -1 -32 2 -44M236 92c4 -16 4 -28 0 -40"
            stroke={crease}
            strokeWidth="5"
            fill="none"
            strokeLinecap="round"
          />
          <path d="M136 92C160 84 240 84 264 92L262 132C240 122 160 122 138 132Z" fill={white} />
          <path d="M138 128C160 118 240 118 262 128" stroke={crease} strokeWidth="5" fill="none" />
        </g>
      );
    case "cap":
      return (
        <g>
          <path
            d="M134 132C130 92 150 72 200 72C250 72 270 92 266 132C240 120 160 120 134 132Z"
            fill={colours.trim}
          />
          <path
            d="M134 134C160 120 240 120 266 134"
            stroke="#000"
            strokeOpacity=".18"
            strokeWidth="6"
            fill="none"
          />
        </g>
      );
    case "scarf":
      return (
        <g>
          {hair === "bun" ? null : (
            <path d="M262 128c20 2 34 16 38 34c-16 -6 -30 -6 -40 -20z" fill={colours.trim} />
          )}
          <path
            d="M132 142C126 96 158 76 200 76C242 76 274 96 268 142C240 122 160 122 132 142Z"
            fill={colours.trim}
          />
          <g fill="#fff" opacity=".75">
            {dice.scatter(9, 58, 22).map((dot) => (
              <circle key={`${dot.x}`} cx={n(200 + dot.x)} cy={n(102 + dot.y * 0.26)} r="4" />
            ))}
          </g>
        </g>
      );
    case "band":
      return (
        <g>
          <path d="M134 152C150 132 250 132 266 152L266 134C250 116 150 116 134 134Z" fill="#fffaf2" />
          <circle cx="200" cy="128" r="9" fill={colours.trim} />
        </g>
      );
    default:
      return null;
  }
}
