import { Dice, n } from "#web/ui/illustration/dice";
import { ROOMS, type Room } from "#web/ui/illustration/rooms";
import { Plant, Rail, Shelf } from "#web/ui/illustration/utensils";

/** A kitchen from the front: counter, stove, and whatever its cook keeps at hand. */
export function Kitchen({ seed }: { seed: string }) {
  const dice = new Dice(`kitchen:${seed}`);
  const room = dice.pick(ROOMS);
  const mirrored = dice.chance(0.5);
  // Lamps hang where a second shelf would be.
  const shelves = dice.chance(0.45) ? [58, 110] : [92];
  return (
    <>
      <rect width="400" height="300" fill={room.wall} />
      <Tiles room={room} kind={dice.pick(["brick", "square", "none", "herring"] as const)} />
      <g transform={mirrored ? "translate(400 0) scale(-1 1)" : undefined}>
        {dice.chance(0.6) ? <Window room={room} dice={dice} /> : <Rail room={room} dice={dice} x={24} />}
        <Shelf room={room} dice={dice} heights={shelves} />
        {shelves.length === 1 ? <Lamps room={room} count={dice.int(1, 3)} /> : null}
        <Counter room={room} dice={dice} />
        <Stove room={room} dice={dice} />
        <OnCounter room={room} dice={dice} />
      </g>
    </>
  );
}

function Tiles({ room, kind }: { room: Room; kind: "brick" | "square" | "none" | "herring" }) {
  if (kind === "none") return <rect y="120" width="400" height="80" fill={room.tile} />;
  const rows = [112, 134, 156, 178];
  const cells = (row: number) =>
    Array.from({ length: 11 }, (_, index) => index * 40 + (kind === "brick" && row % 2 ? 20 : 0));
  return (
    <>
      <rect y="110" width="400" height="92" fill={room.tile} />
      <path
        d={rows
          .map(
            (y, row) =>
              `M0 ${y}H400${cells(row)
                .map((x) => `M${x} ${y}v22`)
                .join("")}`,
          )
          .join("")}
        stroke={room.wall}
        strokeWidth="3"
      />
      {kind === "herring" ? (
        <path
          d="M0 110L92 202M92 110L184 202M184 110L276 202M276 110L368 202"
          stroke={room.wall}
          strokeWidth="3"
        />
      ) : null}
    </>
  );
}

function Window({ room, dice }: { room: Room; dice: Dice }) {
  const night = room.sky === "#1f2f47";
  return (
    <g transform="translate(28 22)">
      <rect width="124" height="112" rx="6" fill={room.cabinet} />
      <rect x="8" y="8" width="108" height="96" fill={room.sky} />
      {night ? (
        <>
          <circle cx="84" cy="34" r="13" fill="#f6e7b8" />
          <path
            d="M22 26h.1M44 48h.1M58 20h.1M100 62h.1M30 66h.1"
            stroke="#f6e7b8"
            strokeWidth="4"
            strokeLinecap="round"
          />
        </>
      ) : (
        <path
          d="M20 40q4 -12 16 -9q8 -12 20 -2q12 -2 12 11zM66 62q4 -10 13 -7q7 -9 16 0q9 0 9 7z"
          fill="#fff"
          opacity=".85"
        />
      )}
      <path
        d={`M8 104V${n(dice.between(76, 84))}Q38 58 66 80Q92 92 116 70V104Z`}
        fill={night ? "#2d4a4a" : "#94b58a"}
      />
      <path d="M62 8V104M8 54H116" stroke={room.cabinet} strokeWidth="5" />
      <rect x="-8" y="108" width="140" height="9" rx="3" fill={room.wood} />
      <Plant x={dice.pick([16, 102])} y={108} room={room} dice={dice} />
    </g>
  );
}

function Lamps({ room, count }: { room: Room; count: number }) {
  const xs = [[290], [230, 340], [214, 286, 358]][count - 1] ?? [290];
  return (
    <>
      {xs.map((x) => (
        <g key={x}>
          <path d={`M${x} 0V16`} stroke={room.metal} strokeWidth="3" />
          <path d={`M${x - 17} 34Q${x - 15} 15 ${x} 15Q${x + 15} 15 ${x + 17} 34Z`} fill={room.accent} />
          <path d={`M${x - 10} 34a10 8 0 0 0 20 0z`} fill="#fff3c9" />
        </g>
      ))}
    </>
  );
}

function Counter({ room, dice }: { room: Room; dice: Dice }) {
  const doors = dice.pick([4, 5]);
  const width = 400 / doors;
  return (
    <>
      <rect y="214" width="400" height="90" fill={room.cabinet} />
      {Array.from({ length: doors }, (_, index) => index * width).map((x, index) => (
        <g key={x}>
          <rect
            x={n(x + 6)}
            y="224"
            width={n(width - 12)}
            height="84"
            rx="4"
            fill="none"
            stroke={room.edge}
            strokeWidth="4"
          />
          <circle cx={n(index % 2 ? x + 17 : x + width - 17)} cy="254" r="4" fill={room.metal} />
        </g>
      ))}
      <rect y="200" width="400" height="17" fill={room.wood} />
      <rect y="200" width="400" height="5" fill="#fff" opacity=".25" />
      <rect y="217" width="400" height="5" fill="#000" opacity=".14" />
    </>
  );
}

function Stove({ room, dice }: { room: Room; dice: Dice }) {
  const pot = dice.pick([room.accent, "#3a3836", room.metal, "#c8553d"]);
  return (
    <g transform="translate(206 0)">
      <rect x="0" y="193" width="124" height="9" rx="3" fill="#2f2d2c" />
      <g transform="translate(34 193)">
        <path d="M-28 -36H28V-6Q28 0 20 0H-20Q-28 0 -28 -6Z" fill={pot} />
        <rect x="-31" y="-42" width="62" height="8" rx="4" fill={pot} />
        <path d="M-8 -42a8 7 0 0 1 16 0z" fill={room.wood} />
        <path d="M-28 -24h-9M28 -24h9" stroke={pot} strokeWidth="6" strokeLinecap="round" />
        <path d="M-20 -30v18" stroke="#fff" strokeOpacity=".35" strokeWidth="5" strokeLinecap="round" />
        <path
          d="M-9 -54c-9 -12 9 -18 0 -30M10 -52c-9 -12 9 -18 0 -32"
          stroke="#fff"
          strokeOpacity=".6"
          strokeWidth="5"
          fill="none"
          strokeLinecap="round"
        />
      </g>
      <g transform="translate(92 193)">
        {dice.chance(0.5) ? (
          <>
            <path d="M-24 -14H24Q22 0 12 0H-12Q-22 0 -24 -14Z" fill="#3a3836" />
            <path d="M22 -12L54 -22" stroke="#3a3836" strokeWidth="7" strokeLinecap="round" />
            <path d="M-18 -14q8 -14 18 -4q8 -12 18 4z" fill="#7fae52" />
          </>
        ) : (
          <>
            <path d="M-20 -26Q-22 0 -12 0H12Q22 0 20 -26Q0 -36 -20 -26Z" fill={room.metal} />
            <path d="M-16 -28Q0 -62 16 -28" stroke={room.edge} strokeWidth="5" fill="none" />
            <path
              d="M20 -18q14 -2 18 -14"
              stroke={room.metal}
              strokeWidth="7"
              strokeLinecap="round"
              fill="none"
            />
          </>
        )}
      </g>
    </g>
  );
}

function OnCounter({ room, dice }: { room: Room; dice: Dice }) {
  return (
    <>
      <g transform="translate(88 200)">
        <rect x="-46" y="-9" width="92" height="10" rx="4" fill="#e3bd87" />
        {dice.chance(0.5) ? (
          <>
            <circle cx="-24" cy="-19" r="11" fill="#d4452f" />
            <path d="M-24 -30l5 -4M-24 -29l-6 -2" stroke="#5d8a4a" strokeWidth="3" strokeLinecap="round" />
            <circle cx="-4" cy="-18" r="10" fill="#e2693f" />
            <path d="M12 -12Q34 -26 42 -12Z" fill="#7a4a8a" />
          </>
        ) : (
          <>
            <path d="M-36 -10Q-30 -26 -4 -22Q8 -20 8 -10Z" fill="#e8c27a" />
            <path d="M-26 -20l8 7M-14 -22l8 8" stroke="#c8964a" strokeWidth="3" strokeLinecap="round" />
            <path d="M18 -10q-3 -14 6 -20q9 6 6 20z" fill="#e8963a" />
            <path
              d="M24 -30l-5 -9M24 -30l5 -9M24 -30v-11"
              stroke="#6a9a4a"
              strokeWidth="3"
              strokeLinecap="round"
            />
          </>
        )}
      </g>
      <g transform="translate(362 200)">
        <path d="M-17 -30H17L13 0H-13Z" fill={dice.pick(["#fff6e6", room.accent])} />
        <g strokeLinecap="round" strokeWidth="5">
          <path d="M-8 -30L-16 -62" stroke={room.wood} />
          <path d="M0 -30V-66" stroke={room.metal} />
          <path d="M8 -30L18 -58" stroke={room.wood} />
        </g>
        <ellipse cx="-17" cy="-66" rx="7" ry="10" fill={room.wood} transform="rotate(-14 -17 -66)" />
        <rect x="-7" y="-84" width="14" height="22" rx="5" fill={room.metal} />
        <circle cx="20" cy="-63" r="8" fill={room.wood} />
      </g>
    </>
  );
}
