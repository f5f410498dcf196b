import type { ReactNode } from "react";
import { type Dice, n } from "#web/ui/illustration/dice";
import type { Room } from "#web/ui/illustration/rooms";

export function Plant({ x, y, room, dice }: { x: number; y: number; room: Room; dice: Dice }) {
  const leaves = [-34, -14, 8, 30];
  const green = dice.pick(["#5d8a4a", "#4d7a5f", "#7a9a4a"]);
  return (
    <g transform={`translate(${x} ${y})`}>
      {leaves.map((turn) => (
        <path
          key={turn}
          d="M0 -20C-9 -34 -5 -48 0 -56C5 -48 9 -34 0 -20Z"
          fill={green}
          transform={`rotate(${turn} 0 -16)`}
        />
      ))}
      <path d="M-14 -22H14L10 0H-10Z" fill={room.accent} />
      <rect x="-16" y="-25" width="32" height="7" rx="2" fill={room.accent} />
    </g>
  );
}

export function Rail({ room, dice, x }: { room: Room; dice: Dice; x: number }) {
  const tools = dice.shuffle(["pan", "ladle", "whisk", "board", "pan"] as const).slice(0, 4);
  return (
    <g transform={`translate(${x} 38)`}>
      <rect width="140" height="6" rx="3" fill={room.metal} />
      {tools.map((tool, index) => (
        <g key={`${tool}${index * 36}`} transform={`translate(${20 + index * 35} 6)`}>
          <Tool tool={tool} room={room} big={index % 2 === 0} />
        </g>
      ))}
    </g>
  );
}

function Tool({
  tool,
  room,
  big,
}: {
  tool: "pan" | "ladle" | "whisk" | "board";
  room: Room;
  big: boolean;
}): ReactNode {
  const stroke = { stroke: room.metal, strokeWidth: 5, strokeLinecap: "round", fill: "none" } as const;
  if (tool === "pan") {
    return (
      <>
        <path d="M0 0V30" {...stroke} />
        <circle cy={big ? 48 : 44} r={big ? 20 : 16} fill="#3a3836" />
        <circle cy={big ? 48 : 44} r={big ? 14 : 11} fill="#4d4a47" />
      </>
    );
  }
  if (tool === "ladle") {
    return (
      <>
        <path d="M0 0V46" {...stroke} />
        <path d="M-13 46H13A13 13 0 0 1 -13 46Z" fill={room.metal} />
      </>
    );
  }
  if (tool === "whisk") {
    return (
      <>
        <path d="M0 0V22" {...stroke} stroke={room.wood} strokeWidth="7" />
        <path
          d="M0 22C-18 40 -12 66 0 66C12 66 18 40 0 22M0 22C-6 40 -5 66 0 66C5 66 6 40 0 22"
          {...stroke}
          strokeWidth="3"
        />
      </>
    );
  }
  return (
    <>
      <path d="M0 0V10" {...stroke} strokeWidth="3" />
      <rect x="-17" y="10" width="34" height="54" rx="7" fill={room.wood} />
      <circle cy="19" r="4" fill={room.tile} />
    </>
  );
}

export function Shelf({ room, dice, heights }: { room: Room; dice: Dice; heights: readonly number[] }) {
  const row = (y: number) => {
    const things = dice
      .shuffle(["jar", "bowls", "plant", "bottle", "plates", "tin", "jar", "cups"] as const)
      .slice(0, 5);
    return (
      <g key={y} transform={`translate(196 ${y})`}>
        {things.map((thing, index) => (
          <g key={`${thing}${index * 36}`} transform={`translate(${20 + index * 37} 0)`}>
            <OnShelf thing={thing} room={room} dice={dice} />
          </g>
        ))}
        <rect x="-4" width="196" height="8" rx="2" fill={room.wood} />
        <path d="M10 8v9l-9 -9zM178 8v9l9 -9z" fill={room.wood} />
      </g>
    );
  };
  return <>{heights.map(row)}</>;
}

type Thing = "jar" | "bowls" | "plant" | "bottle" | "plates" | "tin" | "cups";

function OnShelf({ thing, room, dice }: { thing: Thing; room: Room; dice: Dice }): ReactNode {
  const warm = dice.pick(["#c8553d", "#e0a13f", "#7a9a4a", "#8a5a3a", "#e8c79a"]);
  switch (thing) {
    case "jar":
      return (
        <>
          <rect x="-12" y="-32" width="24" height="32" rx="5" fill="#fff" opacity=".6" />
          <rect x="-10" y={n(-dice.between(14, 26))} width="20" height="14" fill={warm} />
          <rect x="-10" y="-14" width="20" height="12" rx="3" fill={warm} />
          <rect x="-11" y="-38" width="22" height="8" rx="2" fill={room.wood} />
        </>
      );
    case "bowls":
      return (
        <>
          <path d="M-15 -12H15Q13 0 5 0H-5Q-13 0 -15 -12Z" fill={warm} />
          <path d="M-15 -22H15Q13 -11 5 -11H-5Q-13 -11 -15 -22Z" fill="#fff6e6" />
          <path d="M-15 -32H15Q13 -21 5 -21H-5Q-13 -21 -15 -32Z" fill={room.accent} />
        </>
      );
    case "bottle":
      return (
        <>
          <path
            d="M-8 0V-24Q-8 -30 -4 -32V-42H4V-32Q8 -30 8 -24V0Z"
            fill={dice.pick(["#5d7a4a", "#7a4a33", "#4a6a7a"])}
          />
          <rect x="-8" y="-20" width="16" height="11" fill="#fff6e2" />
        </>
      );
    case "plates":
      return (
        <g fill="none" strokeWidth="4">
          <circle cy="-18" r="16" fill="#fffaf0" stroke={room.accent} />
          <circle cy="-18" r="8" stroke={room.tile} strokeWidth="3" />
        </g>
      );
    case "tin":
      return (
        <>
          <rect x="-12" y="-28" width="24" height="28" rx="3" fill={warm} />
          <rect x="-12" y="-19" width="24" height="10" fill="#fff6e2" />
        </>
      );
    case "cups":
      return (
        <>
          <path d="M-13 -16H3V-5Q3 0 -2 0H-8Q-13 0 -13 -5Z" fill={room.accent} />
          <path d="M3 -13q8 0 8 5t-8 5" stroke={room.accent} strokeWidth="3" fill="none" />
          <path d="M-12 -31H4V-21Q4 -16 -1 -16H-7Q-12 -16 -12 -21Z" fill="#fff6e6" />
        </>
      );
    default:
      return <Plant x={0} y={0} room={room} dice={dice} />;
  }
}
