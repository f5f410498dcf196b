import type { ReactNode } from "react";
import { type Dice, n } from "#web/ui/illustration/dice";
import type { PortraitPalette } from "#web/ui/illustration/palettes";

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

/** What stands behind a cook: a sun, an arch, tiles, herbs, pans. */
export function Backdrop({ dice, colours }: { dice: Dice; colours: PortraitPalette }): ReactNode {
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
