import { type Dice, n } from "#web/ui/illustration/dice";

interface At {
  x?: number;
  y?: number;
  turn?: number;
  size?: number;
}

const place = ({ x = 0, y = 0, turn = 0, size = 1 }: At) =>
  `translate(${n(x)} ${n(y)}) rotate(${n(turn)}) scale(${n(size)})`;

export function Leaf({ colour = "#5d8a4a", ...at }: At & { colour?: string }) {
  return (
    <g transform={place(at)}>
      <path d="M0 -16C11 -8 11 8 0 16C-11 8 -11 -8 0 -16Z" fill={colour} />
      <path d="M0 -11V12" stroke="#fff" strokeOpacity=".45" strokeWidth="1.800" strokeLinecap="round" />
    </g>
  );
}

export function Basil(at: At) {
  return (
    <g transform={place(at)}>
      <Leaf x={-9} turn={-50} colour="#4d7f3f" />
      <Leaf x={9} turn={50} colour="#5f9350" />
      <Leaf y={-9} colour="#6fa35c" size={0.9} />
    </g>
  );
}

export function Egg(at: At) {
  return (
    <g transform={place(at)}>
      <path
        d="M-30 2C-34 -18 -14 -32 4 -28C24 -26 36 -12 30 8C26 26 8 32 -8 28C-22 26 -28 16 -30 2Z"
        fill="#fffdf4"
      />
      <circle cx="1" cy="0" r="14" fill="#f5ab2e" />
      <path
        d="M-7 -5a10 10 0 0 1 7 -5"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
        fill="none"
        opacity=".8"
      />
    </g>
  );
}

export function HalfEgg(at: At) {
  return (
    <g transform={place(at)}>
      <ellipse rx="19" ry="24" fill="#c98d54" />
      <ellipse rx="16.500" ry="21.500" fill="#fffdf4" />
      <circle cy="2" r="10.500" fill="#f2972b" />
    </g>
  );
}

export function Tomato(at: At) {
  return (
    <g transform={place(at)}>
      <circle r="15" fill="#d4452f" />
      <circle r="11" fill="#e8694f" />
      <g fill="#f6c28a">
        <circle cx="-4" cy="-4" r="2.300" />
        <circle cx="5" cy="-3" r="2.300" />
        <circle cx="0" cy="5" r="2.300" />
      </g>
    </g>
  );
}

export function Lemon(at: At) {
  return (
    <g transform={place(at)}>
      <circle r="19" fill="#f2c230" />
      <circle r="15.500" fill="#fdf3c0" />
      <path d="M0 -14V14M-12 -7L12 7M-12 7L12 -7" stroke="#f2c230" strokeWidth="2.500" />
    </g>
  );
}

export function Scallion(at: At) {
  return (
    <g transform={place(at)} fill="none">
      <circle r="6" stroke="#6a9a4a" strokeWidth="3.500" />
      <circle r="2.500" stroke="#cfe3b0" strokeWidth="2" />
    </g>
  );
}

export function Mushroom(at: At) {
  return (
    <g transform={place(at)}>
      <path d="M-15 0C-17 -16 17 -16 15 0C12 4 6 3 5 3V14H-5V3C-6 3 -12 4 -15 0Z" fill="#c79c72" />
      <path d="M-4 3H4V12H-4Z" fill="#f0e0c8" />
    </g>
  );
}

export function Shrimp(at: At) {
  return (
    <g transform={place(at)} fill="none" strokeLinecap="round">
      <path d="M-14 12C-22 -8 0 -24 16 -10" stroke="#ee8560" strokeWidth="12" />
      <path d="M-13 10C-18 -8 0 -20 14 -10" stroke="#f9b692" strokeWidth="4" strokeDasharray="4 7" />
      <path d="M-14 14l-6 8M-13 14l4 9" stroke="#d9623f" strokeWidth="4.500" />
    </g>
  );
}

export function Berry({ colour = "#b8324a", ...at }: At & { colour?: string }) {
  return (
    <g transform={place(at)}>
      <circle r="9" fill={colour} />
      <circle cx="-3" cy="-3" r="2.600" fill="#fff" opacity=".55" />
    </g>
  );
}

/** Sesame, pepper, herbs: a pinch over everything. */
export function Pinch({
  dice,
  count,
  radius,
  colour,
}: {
  dice: Dice;
  count: number;
  radius: number;
  colour: string;
}) {
  const grains = dice.scatter(count, radius, 6).map(({ x, y, turn }) => {
    const angle = (turn * Math.PI) / 180;
    return `M${n(x)} ${n(y)}l${n(Math.cos(angle) * 3.5)} ${n(Math.sin(angle) * 3.5)}`;
  });
  return <path d={grains.join("")} stroke={colour} strokeWidth="3" strokeLinecap="round" />;
}

export function Steam({ x = 0, y = 0, size = 1 }: At) {
  return (
    <g
      transform={place({ x, y, size })}
      fill="none"
      stroke="#fff"
      strokeWidth="6"
      strokeLinecap="round"
      opacity=".5"
    >
      <path d="M-26 10c-12 -16 12 -24 0 -42M2 4c-12 -16 12 -24 0 -46M30 10c-12 -16 12 -24 0 -42" />
    </g>
  );
}
