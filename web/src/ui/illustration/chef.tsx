import type { ReactNode } from "react";
import { Dice, n } from "#web/ui/illustration/dice";
import { HAIRS, PORTRAITS, type PortraitPalette, SKINS } from "#web/ui/illustration/palettes";

type Skin = (typeof SKINS)[number];
type Hair = "crop" | "bangs" | "bob" | "long" | "bun" | "curly" | "buzz" | "swept" | "bald";
type Hat = "toque" | "cap" | "scarf" | "band" | "none";
type Wear = "jacket" | "apron" | "hanbok" | "happi";

/** A cook's portrait: shoulders, face, hair, hat, each chosen by the seed; clothes may follow the cuisine. */
export function Chef({ seed, hints }: { seed: string; hints: readonly string[] }) {
  const dice = new Dice(`chef:${seed}`);
  const colours = dice.pick(PORTRAITS);
  const skin = dice.pick([...SKINS.slice(0, 4), ...SKINS.slice(0, 4), ...SKINS]);
  const hair = dice.pick<Hair>([
    "crop",
    "crop",
    "bangs",
    "bob",
    "long",
    "bun",
    "curly",
    "buzz",
    "swept",
    "bald",
    "bun",
    "bob",
  ]);
  const colour = dice.pick([...HAIRS.slice(0, 4), ...HAIRS]);
  const wear = wearFor(hints, dice);
  const hat = hatFor(hair, wear, dice);
  const beardable = hair === "crop" || hair === "buzz" || hair === "bald" || hair === "swept";
  const beard =
    beardable && dice.chance(hair === "bald" ? 0.75 : 0.38)
      ? dice.pick(["full", "moustache", "goatee"] as const)
      : null;
  const tilt = n(dice.between(-3, 3));

  return (
    <>
      <rect width="400" height="400" fill={colours.ground} />
      <Backdrop dice={dice} colours={colours} />
      {hair === "long" || hair === "bob" ? <HairBehind hair={hair} colour={colour} /> : null}
      <Body wear={wear} colours={colours} skin={skin} dice={dice} />
      <g transform={`rotate(${tilt} 200 240)`}>
        {hair === "bun" && hat !== "toque" ? <circle cx="200" cy="76" r="30" fill={colour} /> : null}
        {hair === "curly" ? <Curls colour={colour} /> : null}
        <Head skin={skin} earrings={!beardable && dice.chance(0.5) ? colours.trim : null} />
        {beard ? <Beard kind={beard} colour={colour} /> : null}
        <Features dice={dice} skin={skin} hair={colour} beard={beard === "full"} />
        <HairInFront hair={hair} colour={colour} />
        {dice.chance(0.24) ? <Glasses colour={dice.pick(["#3b2f2a", "#8a5a2b", "#2f4350"])} /> : null}
        <Headgear hat={hat} colours={colours} hair={hair} dice={dice} />
      </g>
    </>
  );
}

function wearFor(hints: readonly string[], dice: Dice): Wear {
  if (hints.includes("temple") || hints.includes("royal_court"))
    return dice.chance(0.75) ? "hanbok" : "apron";
  if (hints.includes("korean") && dice.chance(0.25)) return "hanbok";
  if (hints.includes("japanese")) return dice.chance(0.7) ? "happi" : "jacket";
  if (hints.includes("bbq") || hints.includes("vegan") || hints.includes("dessert"))
    return dice.chance(0.6) ? "apron" : "jacket";
  return dice.chance(0.62) ? "jacket" : "apron";
}

function hatFor(hair: Hair, wear: Wear, dice: Dice): Hat {
  if (wear === "hanbok") return "none";
  if (wear === "happi") return dice.chance(0.6) ? "band" : "none";
  if (hair === "curly" || hair === "bun") return dice.pick<Hat>(["none", "scarf", "none"]);
  return wear === "jacket"
    ? dice.pick<Hat>(["toque", "toque", "cap", "none", "scarf"])
    : dice.pick<Hat>(["none", "none", "cap", "scarf"]);
}

function Sprig({
  x,
  y,
  turn,
  colour,
  size = 1,
}: {
  x: number;
  y: number;
  turn: number;
  colour: string;
  size?: number;
}) {
  const leaves = [0, 1, 2, 3, 4];
  return (
    <g transform={`translate(${n(x)} ${n(y)}) rotate(${n(turn)}) scale(${size})`} fill={colour}>
      <path d="M0 0C4 -40 2 -80 8 -120" stroke={colour} strokeWidth="4" fill="none" strokeLinecap="round" />
      {leaves.map((leaf) => (
        <g key={leaf}>
          <ellipse
            cx={-14}
            cy={-22 - leaf * 21}
            rx="16"
            ry="7"
            transform={`rotate(32 -14 ${-22 - leaf * 21})`}
          />
          <ellipse
            cx={18}
            cy={-32 - leaf * 21}
            rx="16"
            ry="7"
            transform={`rotate(-34 18 ${-32 - leaf * 21})`}
          />
        </g>
      ))}
    </g>
  );
}

function Backdrop({ dice, colours }: { dice: Dice; colours: PortraitPalette }): ReactNode {
  const { halo, leaf } = colours;
  switch (dice.pick(["sun", "arch", "tiles", "sprigs", "pans", "rays"] as const)) {
    case "sun":
      return <circle cx={n(dice.between(150, 250))} cy="190" r="158" fill={halo} />;
    case "arch":
      return (
        <>
          <path d="M70 400V190a130 130 0 0 1 260 0v210z" fill={halo} />
          <Sprig x={46} y={392} turn={-6} colour={leaf} size={1.1} />
          <Sprig x={352} y={396} turn={10} colour={leaf} size={0.9} />
        </>
      );
    case "tiles":
      return (
        <path
          d="M0 66h400M0 133h400M0 200h400M0 266h400M66 0v66M200 0v66M333 0v66M133 66v67M266 66v67M66 133v67M200 133v67M333 133v67M133 200v66M266 200v66M66 266v134M333 266v134"
          stroke={halo}
          strokeWidth="5"
        />
      );
    case "sprigs":
      return (
        <>
          <circle cx="200" cy="200" r="146" fill={halo} />
          <Sprig x={58} y={330} turn={-16} colour={leaf} size={1.5} />
          <Sprig x={342} y={340} turn={16} colour={leaf} size={1.5} />
        </>
      );
    case "pans":
      return (
        <g>
          <path d="M0 26h400" stroke={leaf} strokeWidth="6" />
          {[52, 108, 300, 354].map((x, index) => (
            <g key={x} stroke={leaf} fill={halo} strokeWidth="5">
              <path d={`M${x} 28v${44 + (index % 2) * 16}`} strokeLinecap="round" />
              {index % 2 ? (
                <path
                  d={`M${x - 26} 86h52l-6 22a14 14 0 0 1 -14 10h-12a14 14 0 0 1 -14 -10z`}
                  stroke="none"
                />
              ) : (
                <circle cx={x} cy="100" r="29" stroke="none" />
              )}
            </g>
          ))}
        </g>
      );
    default:
      return (
        <g fill={halo}>
          {[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((ray) => (
            <path key={ray} d="M200 210L150 -180h100z" transform={`rotate(${ray * 36} 200 210)`} />
          ))}
          <circle cx="200" cy="210" r="110" fill={colours.ground} opacity=".5" />
        </g>
      );
  }
}

function Body({
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

function Head({ skin, earrings }: { skin: Skin; earrings: string | null }) {
  return (
    <>
      <circle cx="137" cy="184" r="15" fill={skin.shade} />
      <circle cx="263" cy="184" r="15" fill={skin.shade} />
      {earrings ? (
        <g fill={earrings}>
          <circle cx="134" cy="202" r="5" />
          <circle cx="266" cy="202" r="5" />
        </g>
      ) : null}
      <path
        d="M136 166C136 108 264 108 264 166C264 220 238 256 200 256C162 256 136 220 136 166Z"
        fill={skin.face}
      />
    </>
  );
}

function Features({ dice, skin, hair, beard }: { dice: Dice; skin: Skin; hair: string; beard: boolean }) {
  const ink = "#2d211c";
  const brow = hair === "#d8d3cc" ? "#9a938b" : hair;
  const smiling = dice.chance(0.4);
  const lift = n(dice.between(-2, 3));
  const mouth = dice.pick(["smile", "open", "soft"] as const);
  return (
    <g fill="none" strokeLinecap="round" strokeLinejoin="round">
      <circle cx="160" cy="212" r="13" fill={skin.blush} opacity=".28" />
      <circle cx="240" cy="212" r="13" fill={skin.blush} opacity=".28" />
      <path d={`M164 ${166 - lift}q12 -7 24 0M212 ${166 - lift}q12 -7 24 0`} stroke={brow} strokeWidth="5" />
      {smiling ? (
        <path d="M166 190q10 -11 20 0M214 190q10 -11 20 0" stroke={ink} strokeWidth="4.500" />
      ) : (
        <>
          <g fill={ink}>
            <ellipse cx="176" cy="187" rx="5.500" ry="6.500" />
            <ellipse cx="224" cy="187" rx="5.500" ry="6.500" />
          </g>
          <g fill="#fff">
            <circle cx="178" cy="184.500" r="1.800" />
            <circle cx="226" cy="184.500" r="1.800" />
          </g>
        </>
      )}
      <path d="M200 192c2 8 6 13 2 16c-2 1.500 -5 1.500 -8 .5" stroke={skin.shade} strokeWidth="4" />
      {mouth === "open" ? (
        <path d="M182 223q18 6 36 0q-3 17 -18 17q-15 0 -18 -17z" fill={beard ? "#fff" : "#8c3030"} />
      ) : (
        <path
          d={mouth === "smile" ? "M182 224q18 17 36 0" : "M187 227q13 9 26 0"}
          stroke={beard ? "#fff" : "#8c3b33"}
          strokeWidth="4.500"
        />
      )}
      {mouth === "open" && !beard ? <path d="M184 224.500q16 5 32 0l-2 5q-14 4 -28 0z" fill="#fff" /> : null}
    </g>
  );
}

function Beard({ kind, colour }: { kind: "full" | "moustache" | "goatee"; colour: string }) {
  if (kind === "full") {
    return (
      <path
        d="M136 178C138 236 160 268 200 268C240 268 262 236 264 178C256 204 240 212 226 210C212 205 188 205 174 210C160 212 144 204 136 178Z"
        fill={colour}
      />
    );
  }
  if (kind === "goatee") return <path d="M182 240q18 12 36 0q-2 24 -18 24q-16 0 -18 -24z" fill={colour} />;
  return <path d="M174 219q10 -12 26 -5q16 -7 26 5q-14 4 -26 -1q-12 5 -26 1z" fill={colour} />;
}

function Glasses({ colour }: { colour: string }) {
  return (
    <g fill="#fff" fillOpacity=".18" stroke={colour} strokeWidth="4.500">
      <circle cx="175" cy="188" r="20" />
      <circle cx="225" cy="188" r="20" />
      <path d="M195 185q5 -4 10 0M155 184l-16 -4M245 184l16 -4" fill="none" />
    </g>
  );
}

function HairBehind({ hair, colour }: { hair: Hair; colour: string }) {
  return hair === "long" ? (
    <path
      d="M200 84C120 84 112 150 114 210C116 262 104 296 96 322H304C296 296 284 262 286 210C288 150 280 84 200 84Z"
      fill={colour}
    />
  ) : (
    <path
      d="M200 84C122 84 116 146 114 196C112 226 116 248 126 262H274C284 248 288 226 286 196C284 146 278 84 200 84Z"
      fill={colour}
    />
  );
}

function Curls({ colour }: { colour: string }) {
  const curls = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  return (
    <g fill={colour}>
      {curls.map((curl) => {
        const angle = Math.PI * (0.9 + (curl / 10) * 1.2);
        return (
          <circle key={curl} cx={n(200 + Math.cos(angle) * 68)} cy={n(160 + Math.sin(angle) * 66)} r="27" />
        );
      })}
    </g>
  );
}

const FRONT: Record<Hair, string> = {
  crop: "M132 178C124 112 160 84 206 84C258 84 276 122 268 178C262 152 252 138 238 130C206 140 172 138 152 126C142 142 138 156 132 178Z",
  swept:
    "M132 178C128 140 130 120 142 110C146 76 206 62 246 82C270 96 276 136 268 178C262 148 250 136 234 132C206 128 176 126 156 130C144 140 138 156 132 178Z",
  bangs:
    "M132 182C122 106 160 82 200 82C240 82 278 106 268 182C264 164 260 154 252 148C220 156 180 156 148 148C140 154 136 164 132 182Z",
  bob: "M126 220C114 110 156 82 200 82C244 82 286 110 274 220C266 180 258 160 250 148C220 156 180 156 150 148C142 160 134 180 126 220Z",
  long: "M128 214C118 108 158 82 200 82C242 82 282 108 272 214C266 160 238 130 196 114C168 132 136 160 128 214Z",
  bun: "M134 176C128 108 162 90 200 90C238 90 272 108 266 176C258 146 232 128 200 122C168 128 142 146 134 176Z",
  curly:
    "M140 160C140 120 170 104 200 104C230 104 260 120 260 160C248 134 226 128 200 134C174 128 152 134 140 160Z",
  buzz: "M134 168C132 112 164 94 200 94C236 94 268 112 266 168C258 138 240 126 200 126C160 126 142 138 134 168Z",
  bald: "",
};

function HairInFront({ hair, colour }: { hair: Hair; colour: string }) {
  const path = FRONT[hair];
  return path ? <path d={path} fill={colour} opacity={hair === "buzz" ? 0.85 : 1} /> : null;
}

function Headgear({
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
