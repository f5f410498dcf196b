import { n } from "#web/ui/illustration/dice";

export type Hair = "crop" | "bangs" | "bob" | "long" | "bun" | "curly" | "buzz" | "swept" | "bald";

export function HairBehind({ hair, colour }: { hair: Hair; colour: string }) {
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

export function Curls({ colour }: { colour: string }) {
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

export function HairInFront({ hair, colour }: { hair: Hair; colour: string }) {
  const path = FRONT[hair];
  return path ? <path d={path} fill={colour} opacity={hair === "buzz" ? 0.85 : 1} /> : null;
}

export function Beard({ kind, colour }: { kind: "full" | "moustache" | "goatee"; colour: string }) {
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
