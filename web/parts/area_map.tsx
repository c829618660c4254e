import type { AreaView, PartyView } from "../../engine/types/view.ts";
import type { LevelId } from "../../engine/types/ids.ts";
import { t } from "../text/text.ts";
import { useGame } from "./context.ts";

const CELL = 24;
const SIDES = [[0, 0, 1, 0], [1, 0, 1, 1], [0, 1, 1, 1], [0, 0, 0, 1]] as const;
const SIGNS: Readonly<Record<string, string>> = {
  stairsDown: "▼",
  stairsUp: "▲",
  exit: "⌂",
  board: "✎",
  cache: "✦",
  pile: "•",
};
const TURNS = { north: 0, east: 90, south: 180, west: 270 } as const;

/** The area as far as it was seen: walls as ink, doors as bars, the party as an arrow. A cell one has visited can be travelled to. */
export function AreaMap(props: { readonly view: PartyView; readonly travel: boolean }) {
  const game = useGame();
  const area = props.view.area;
  if (area === null) return null;
  const [px, py] = props.view.party.at;
  const bounds = boundsOf(area, px, py);
  return (
    <div class="area-map">
      <svg
        viewBox={`${bounds.left * CELL - 6} ${bounds.top * CELL - 6} ${bounds.wide * CELL + 12} ${
          bounds.high * CELL + 12
        }`}
        role="img"
        aria-label={t("area-map-label", {
          area: area.name,
          x: px,
          y: py,
          facing: t(`facing-${props.view.party.facing}`),
        })}
      >
        {Object.entries(area.cells).map(([at, cell]) => {
          const [x = 0, y = 0] = at.split(",").map(Number);
          const sign = SIGNS[cell.feature ?? (area.piles[at] === undefined ? "" : "pile")];
          const open = props.travel && cell.visited === true;
          return (
            <g
              key={at}
              class={`cell ${cell.visited === true ? "visited" : ""} ${open ? "open" : ""}`}
              transform={`translate(${x * CELL} ${y * CELL})`}
              onClick={() => {
                if (open) game.act({ type: "Travel", to: { level: area.id as LevelId, at: [x, y] } });
              }}
            >
              <rect width={CELL} height={CELL} class={`ground ${area.zones[cell.zone]?.kind ?? ""}`} />
              {[...cell.faces].map((face, i) => <Face key={i} face={face} side={i} />)}
              {sign === undefined ? null : <text x={CELL / 2} y={CELL / 2 + 5} class="sign">{sign}</text>}
            </g>
          );
        })}
        <g
          transform={`translate(${px * CELL + CELL / 2} ${py * CELL + CELL / 2}) rotate(${
            TURNS[props.view.party.facing]
          })`}
        >
          <path class="arrow" d="M0 -9 L7 8 L0 4 L-7 8 Z" />
        </g>
      </svg>
    </div>
  );
}

function Face(props: { readonly face: string; readonly side: number }) {
  const line = SIDES[props.side];
  if (line === undefined || props.face === "o" || props.face === "?") return null;
  const [x1, y1, x2, y2] = line.map((one) => one * CELL) as unknown as readonly [number, number, number, number];
  if (props.face === "w") return <line class="wall" x1={x1} y1={y1} x2={x2} y2={y2} />;
  const mx = (x1 + x2) / 2;
  const my = (y1 + y2) / 2;
  const flat = y1 === y2;
  return (
    <g class={`door ${props.face}`}>
      <line class="wall" x1={x1} y1={y1} x2={x2} y2={y2} />
      <rect x={mx - (flat ? 6 : 3)} y={my - (flat ? 3 : 6)} width={flat ? 12 : 6} height={flat ? 6 : 12} />
    </g>
  );
}

function boundsOf(area: AreaView, px: number, py: number) {
  const points = Object.keys(area.cells).map((at) => at.split(",").map(Number));
  const xs = [px, ...points.map(([x = 0]) => x)];
  const ys = [py, ...points.map(([, y = 0]) => y)];
  const [left, wide] = span(xs);
  const [top, high] = span(ys);
  return { left, top, wide, high };
}

/** From the first to the last, at least nine cells, so that a small map is not drawn large. */
function span(values: readonly number[]): readonly [number, number] {
  const first = Math.min(...values);
  const wide = Math.max(...values) - first + 1;
  const spare = Math.max(0, 9 - wide);
  return [first - spare / 2, wide + spare];
}
