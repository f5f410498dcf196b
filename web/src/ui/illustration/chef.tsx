import { Backdrop } from "#web/ui/illustration/backdrop";
import { Body, Headgear, hatFor, wearFor } from "#web/ui/illustration/clothes";
import { Dice, n } from "#web/ui/illustration/dice";
import { Beard, Curls, type Hair, HairBehind, HairInFront } from "#web/ui/illustration/hair";
import { HAIRS, PORTRAITS, SKINS } from "#web/ui/illustration/palettes";

type Skin = (typeof SKINS)[number];

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

function Glasses({ colour }: { colour: string }) {
  return (
    <g fill="#fff" fillOpacity=".18" stroke={colour} strokeWidth="4.500">
      <circle cx="175" cy="188" r="20" />
      <circle cx="225" cy="188" r="20" />
      <path d="M195 185q5 -4 10 0M155 184l-16 -4M245 184l16 -4" fill="none" />
    </g>
  );
}
