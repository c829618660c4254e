import { useEffect, useMemo, useRef } from "preact/hooks";
import type { AreaView, PartyView } from "../../engine/types/view.ts";
import { drawThing, type Thing } from "../render/figure.ts";
import { type Figure, type Pose, render, type Scene, VIEW_HEIGHT, VIEW_WIDTH } from "../render/first_person.ts";
import { paletteOf } from "../render/palette.ts";
import { createTextures, type Texture } from "../render/texture.ts";
import { t } from "../text/text.ts";
import { aheadText } from "../state/ahead.ts";
import { useApp } from "./context.ts";
import { iconTexture } from "./icon_texture.ts";

const TWEEN_MS = 250;
const FLICKER_MS = 90;
const ANGLES = { north: 0, east: Math.PI / 2, south: Math.PI, west: -Math.PI / 2 } as const;

/** What the party sees, 320 x 240, scaled without smoothing. Moves glide, the torch flickers, both stop when motion is unwelcome. */
export function Viewport(props: { readonly view: PartyView }) {
  const { icons } = useApp();
  const canvas = useRef<HTMLCanvasElement>(null);
  const last = useRef<{ pose: Pose; level: string } | null>(null);
  const { view } = props;
  const area = view.area;
  const theme = area?.theme ?? "keep";
  const textures = useMemo(() => createTextures(paletteOf(theme)), [theme]);
  const things = useMemo(() => new Map<Thing, Texture>(), []);
  const paths = icons.value;
  const foes = view.encounter?.foes;
  const masks = useMemo(
    () => (foes ?? []).map((foe) => iconTexture(paths.get(foe.icon) ?? paths.get("goblin-head"))),
    [foes, paths],
  );

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context === null || context === undefined || area === null) return;
    const goal = poseOf(view);
    const from = last.current !== null && last.current.level === area.id && near(last.current.pose, goal)
      ? last.current.pose
      : goal;
    const scene: Scene = {
      palette: paletteOf(theme),
      textures,
      cells: area.cells,
      figures: [...figuresOf(view, area, things), ...foesAhead(view, masks)],
    };
    const image = context.createImageData(VIEW_WIDTH, VIEW_HEIGHT);
    const pixels = new Uint32Array(image.data.buffer);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const began = performance.now();
    let frame = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;

    function draw(now: number): void {
      const share = still ? 1 : Math.min(1, (now - began) / TWEEN_MS);
      const pose = between(from, goal, share * share * (3 - 2 * share));
      last.current = { pose, level: area?.id ?? "" };
      const flicker = still ? 1 : 0.965 + 0.05 * Math.sin(now / 170) * Math.sin(now / 67);
      const lit = view.party.light !== null;
      render(pixels, scene, eye(pose), { reach: lit ? 3.1 : 2, flicker: lit ? flicker : 0.78, warm: lit });
      context?.putImageData(image, 0, 0);
      if (share < 1) frame = requestAnimationFrame(draw);
      else if (!still && lit) timer = setTimeout(() => frame = requestAnimationFrame(draw), FLICKER_MS);
    }
    frame = requestAnimationFrame(draw);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [
    view.party.at[0],
    view.party.at[1],
    view.party.facing,
    area,
    view.party.light === null,
    textures,
    masks,
    view.encounter,
  ]);

  return (
    <div class="viewport">
      <canvas
        ref={canvas}
        class="first-person"
        width={VIEW_WIDTH}
        height={VIEW_HEIGHT}
        role="img"
        aria-label={t("viewport-label", { what: aheadText(view) })}
      />
    </div>
  );
}

function poseOf(view: PartyView): Pose {
  return { x: view.party.at[0] + 0.5, y: view.party.at[1] + 0.5, angle: ANGLES[view.party.facing] };
}

/** The eye stands a little behind the middle of the cell, so that the walls beside it show. */
function eye(pose: Pose): Pose {
  return { ...pose, x: pose.x - Math.sin(pose.angle) * 0.38, y: pose.y + Math.cos(pose.angle) * 0.38 };
}

function near(a: Pose, b: Pose): boolean {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y) < 1.6;
}

function between(from: Pose, to: Pose, share: number): Pose {
  let turn = to.angle - from.angle;
  while (turn > Math.PI) turn -= Math.PI * 2;
  while (turn < -Math.PI) turn += Math.PI * 2;
  return {
    x: from.x + (to.x - from.x) * share,
    y: from.y + (to.y - from.y) * share,
    angle: from.angle + turn * share,
  };
}

const THINGS: Readonly<Record<string, { readonly thing: Thing; readonly size: number }>> = {
  cache: { thing: "chest", size: 0.5 },
  pile: { thing: "pile", size: 0.36 },
  board: { thing: "board", size: 0.78 },
  stairsDown: { thing: "stairsDown", size: 0.7 },
  stairsUp: { thing: "stairsUp", size: 0.9 },
  exit: { thing: "exit", size: 0.92 },
};

/** What stands in a cell; what stands in ours is drawn at its far side, or we would stand in it. */
function figuresOf(view: PartyView, area: AreaView, made: Map<Thing, Texture>): readonly Figure[] {
  const angle = ANGLES[view.party.facing];
  return Object.entries(area.cells).flatMap(([at, cell]): readonly Figure[] => {
    const known = THINGS[cell.feature ?? (area.piles[at] === undefined ? "" : "pile")];
    const [x, y] = at.split(",").map(Number);
    if (known === undefined || x === undefined || y === undefined) return [];
    const image = made.get(known.thing) ?? drawThing(known.thing);
    made.set(known.thing, image);
    const here = x === view.party.at[0] && y === view.party.at[1] ? 0.42 : 0;
    return [{ x: x + 0.5 + Math.sin(angle) * here, y: y + 0.5 - Math.cos(angle) * here, size: known.size, image }];
  });
}

/** Foes of a pending encounter stand ahead, up to five abreast. */
function foesAhead(view: PartyView, masks: readonly (Texture | undefined)[]): readonly Figure[] {
  const encounter = view.encounter;
  if (encounter === null) return [];
  const angle = ANGLES[view.party.facing];
  const away = encounter.distance === 0 ? 0.5 : encounter.distance + 0.12;
  const rows = encounter.foes.flatMap((foe, i) => Array.from({ length: Math.min(foe.count, 4) }, () => masks[i]));
  const shown = rows.slice(0, 5);
  return shown.flatMap((image, i): readonly Figure[] => {
    if (image === undefined) return [];
    const aside = (i - (shown.length - 1) / 2) * 0.3;
    const back = away + (i % 2) * 0.16;
    return [{
      x: view.party.at[0] + 0.5 + Math.sin(angle) * back + Math.cos(angle) * aside,
      y: view.party.at[1] + 0.5 - Math.cos(angle) * back + Math.sin(angle) * aside,
      size: 0.66,
      image,
    }];
  });
}
