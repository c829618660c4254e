import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { CreatureId } from "../../engine/types/ids.ts";
import type { CombatView, PartyView } from "../../engine/types/view.ts";
import { numberOf, objectOf, textOf } from "../net/json.ts";
import { type Float, paintBattle, type Token, type Window } from "../render/battle.ts";
import { createTiles } from "../render/battle_tiles.ts";
import type { Game } from "../state/game.ts";
import { key, type Square, tileAt, type Way, waysOf } from "../state/path.ts";
import { describeFighter, type Fighter, fightersOf, letters, whereText } from "../state/tokens.ts";
import { linesAbout } from "../state/verbs/mod.ts";
import { t } from "../text/text.ts";
import { useApp, useGame } from "./context.ts";

const FLOAT_MS = 1_100;

/** The tactical map: a canvas for the eyes, a grid of named cells over it for keys, hands and screen readers. */
export function BattleMap(props: { readonly view: PartyView; readonly combat: CombatView }) {
  const game = useGame();
  const { icons } = useApp();
  const { view, combat } = props;
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [size, setSize] = useState<readonly [number, number]>([640, 480]);
  const [cursor, setCursor] = useState<Square | null>(null);
  const theme = view.area?.theme ?? "keep";
  const tiles = useMemo(() => createTiles(theme), [theme]);
  const active = game.active.value;
  const yours = active !== undefined && combat.turn === active.id && combat.prompt === null;
  const ways = useMemo(
    () => yours && active !== undefined ? waysOf(combat, active.id) : new Map<string, Way>(),
    [combat, yours, active?.id],
  );
  const fighters = useMemo(() => fightersOf(view, combat), [view, combat]);
  const names = useMemo(() => letters(combat, view.party.order), [combat.on, view.party.order]);
  const window = windowOf(combat, size, cursor);
  const floats = useFloats(game, combat);
  const way = cursor === null ? undefined : ways.get(key(cursor));
  const aim = game.aim.value;

  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setSize([element.clientWidth, element.clientHeight]));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useEffect(() => setCursor(null), [combat.turn]);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (element === null || context === null || context === undefined) return;
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    const wide = window.columns * window.tile;
    const high = window.rows * window.tile;
    element.width = wide * ratio;
    element.height = high * ratio;
    context.scale(ratio, ratio);
    const tokens = fighters.flatMap((fighter): readonly Token[] => {
      const on = combat.on[fighter.id];
      if (on === undefined) return [];
      return [{
        ...fighter,
        at: on.at,
        size: on.size,
        facing: on.facing,
        held: on.held,
        icon: icons.value.get(fighter.icon),
        letter: names.get(fighter.id) ?? "",
        hp: fighter.health,
        pips: fighter.marks.map((mark) => mark.charAt(0).toUpperCase()),
        active: fighter.id === combat.turn,
        own: game.own.value.some((one) => one.id === fighter.id),
      }];
    });
    paintBattle(context, combat, window, tiles, tokens, {
      reach: new Set(ways.keys()),
      path: way?.path ?? [],
      risky: way?.risky ?? [],
      cursor,
      aim: aim?.radius ?? null,
      marked: game.focus.value,
      floats,
    });
  }, [
    view,
    combat,
    window.left,
    window.top,
    window.columns,
    window.rows,
    window.tile,
    cursor,
    ways,
    floats,
    icons.value,
    game.focus.value,
    aim,
  ]);

  function choose(square: Square): void {
    if (aim !== null) {
      game.aim.value = null;
      aim.choose(square);
      return;
    }
    const here = fighterAt(combat, fighters, square);
    if (here !== undefined && here.id !== active?.id) {
      const lines = linesAbout(game, here.id as CreatureId);
      if (lines.length > 0) game.menu.value = { title: here.name, lines };
      return;
    }
    const to = ways.get(key(square));
    if (to !== undefined && active !== undefined) {
      game.act({ type: "MoveInBattle", character: active.id, path: to.path });
    }
  }

  return (
    <div
      class="battle-box"
      ref={box}
      data-cursor={cursor === null ? undefined : key(cursor)}
    >
      <canvas
        ref={canvas}
        class="battle-canvas"
        aria-hidden="true"
        style={{ width: `${window.columns * window.tile}px`, height: `${window.rows * window.tile}px` }}
      />
      <Grid
        combat={combat}
        fighters={fighters}
        window={window}
        ways={ways}
        from={active === undefined ? undefined : pointOf(combat, active.id)}
        cursor={cursor}
        onCursor={setCursor}
        onChoose={choose}
      />
      {aim === null ? null : <p class="aim-note">{aim.title}</p>}
      {way === undefined ? null : (
        <p class="way-note">
          {t("way-note", { feet: way.feet })}
          {way.risky.length > 0 ? ` · ${t("way-risky", { count: way.risky.length })}` : ""}
        </p>
      )}
    </div>
  );
}

interface GridProps {
  readonly combat: CombatView;
  readonly fighters: readonly Fighter[];
  readonly window: Window;
  readonly ways: ReadonlyMap<string, Way>;
  readonly from: Square | undefined;
  readonly cursor: Square | null;
  readonly onCursor: (square: Square | null) => void;
  readonly onChoose: (square: Square) => void;
}

/** The map's twin in the DOM. Arrow keys rove while a cell has focus; Enter acts on it. */
function Grid(props: GridProps) {
  const grid = useRef<HTMLDivElement>(null);
  const { window, combat } = props;
  const focus = props.cursor ?? props.from ?? [window.left, window.top];
  const rows = Array.from({ length: window.rows }, (_, row) => row + window.top);
  const columns = Array.from({ length: window.columns }, (_, column) => column + window.left);

  function rove(event: KeyboardEvent): void {
    const step = ARROWS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const to: Square = [
      Math.max(0, Math.min(combat.field.width - 1, focus[0] + step[0])),
      Math.max(0, Math.min(combat.field.height - 1, focus[1] + step[1])),
    ];
    props.onCursor(to);
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-at="${key(to)}"]`)?.focus());
  }

  return (
    <div
      ref={grid}
      class="battle-grid"
      role="grid"
      aria-label={t("battle-map")}
      style={{
        width: `${window.columns * window.tile}px`,
        height: `${window.rows * window.tile}px`,
        "--tile": `${window.tile}px`,
      }}
      onKeyDown={rove}
      onClick={(event) => {
        const at = squareOf(event.target);
        if (at !== undefined) props.onChoose(at);
      }}
      onPointerOver={(event) => {
        if (event.pointerType === "mouse") props.onCursor(squareOf(event.target) ?? null);
      }}
      onPointerLeave={() => props.onCursor(null)}
    >
      {rows.map((y) => (
        <div role="row" key={y}>
          {columns.map((x) => (
            <button
              type="button"
              role="gridcell"
              key={x}
              data-at={`${x},${y}`}
              tabIndex={focus[0] === x && focus[1] === y ? 0 : -1}
              aria-label={cellText(props, [x, y])}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

const ARROWS: Readonly<Record<string, Square>> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
};

function squareOf(target: EventTarget | null): Square | undefined {
  if (!(target instanceof HTMLElement)) return undefined;
  const [x, y] = (target.dataset["at"] ?? "").split(",").map(Number);
  return x === undefined || y === undefined || Number.isNaN(y) ? undefined : [x, y];
}

const TILES: Readonly<Record<string, string>> = {
  "#": "wall",
  "+": "door",
  "/": "open-door",
  ":": "rubble",
  "T": "pillar",
  "~": "water",
  ">": "exit",
  ".": "floor",
};

function cellText(props: GridProps, at: Square): string {
  const here = fighterAt(props.combat, props.fighters, at);
  if (here !== undefined) return describeFighter(here, at, props.from);
  const tile = t(`tile-${TILES[tileAt(props.combat, at)] ?? "wall"}`);
  const way = props.ways.get(key(at));
  const where = props.from === undefined ? "" : whereText(props.from, at);
  return [
    tile,
    where,
    way === undefined ? "" : t("cell-reach", { feet: way.feet }),
    (way?.risky.length ?? 0) > 0 ? t("cell-risky") : "",
  ]
    .filter((part) => part !== "").join(", ");
}

function fighterAt(combat: CombatView, fighters: readonly Fighter[], [x, y]: Square): Fighter | undefined {
  const here = fighters.filter(({ id }) => {
    const on = combat.on[id];
    return on !== undefined && x >= on.at[0] && x < on.at[0] + on.size && y >= on.at[1] && y < on.at[1] + on.size;
  });
  return here.find((one) => !one.down) ?? here[0];
}

function pointOf(combat: CombatView, id: string): Square | undefined {
  const at = combat.on[id]?.at;
  return at === undefined ? undefined : [at[0], at[1]];
}

/** The part of the field that fits, around whoever acts. */
function windowOf(combat: CombatView, [wide, high]: readonly [number, number], _cursor: Square | null): Window {
  const columns = Math.min(
    combat.field.width,
    Math.max(5, Math.floor(wide / (wide < 500 ? 30 : wide < 1_000 ? 36 : 42))),
  );
  const tile = Math.floor(wide / columns);
  const rows = Math.min(combat.field.height, Math.max(5, Math.floor(high / tile)));
  const [x, y] = centreOf(combat, columns, rows);
  const left = Math.max(0, Math.min(combat.field.width - columns, Math.round(x - columns / 2)));
  const top = Math.max(0, Math.min(combat.field.height - rows, Math.round(y - rows / 2)));
  return { left, top, columns, rows, tile };
}

/** Half way from whoever acts to the nearest foe that stands, as long as both fit. */
function centreOf(combat: CombatView, columns: number, rows: number): Square {
  // While somebody unseen acts, the party is what there is to look at.
  const turn = combat.turn ?? combat.order.find((id) => combat.on[id]?.side === "party") ?? "";
  const actor = pointOf(combat, combat.prompt?.creature ?? turn);
  if (actor === undefined) return [combat.field.width / 2, combat.field.height / 2];
  const side = combat.on[turn]?.side;
  const others = Object.entries(combat.on)
    .filter(([id, one]) => one.side !== side && combat.foes[id]?.health !== "down")
    .map(([, one]): Square => [one.at[0], one.at[1]])
    .toSorted((a, b) => far(actor, a) - far(actor, b));
  const [ox, oy] = others[0] ?? actor;
  const reach = (from: number, to: number, room: number) => from + Math.max(-room, Math.min(room, (to - from) / 2));
  return [reach(actor[0], ox, columns / 2 - 2), reach(actor[1], oy, rows / 2 - 2)];
}

function far(from: Square, to: Square): number {
  return Math.max(Math.abs(from[0] - to[0]), Math.abs(from[1] - to[1]));
}

/** Damage, healing and misses float up from whom they befell. */
function useFloats(game: Game, combat: CombatView): readonly Float[] {
  const [floats, setFloats] = useState<readonly (Float & { readonly born: number })[]>([]);
  const events = game.happened.value;
  useEffect(() => {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const born = performance.now();
    const fresh = events.flatMap((event, i): readonly (Float & { readonly born: number })[] => {
      const who = textOf(event["creature"], textOf(event["target"]));
      const at = combat.on[who]?.at;
      if (at === undefined) return [];
      const told = floatOf(event);
      return told === undefined ? [] : [{ at, age: 0, born: born + i * 60, ...told }];
    });
    if (fresh.length > 0) setFloats((old) => [...old, ...fresh]);
  }, [events]);
  useEffect(() => {
    if (floats.length === 0) return;
    const frame = requestAnimationFrame((now) =>
      setFloats((old) =>
        old.map((one) => ({ ...one, age: Math.max(0, now - one.born) / FLOAT_MS })).filter((one) => one.age < 1)
      )
    );
    return () => cancelAnimationFrame(frame);
  }, [floats]);
  return floats;
}

function floatOf(
  event: Readonly<Record<string, unknown>>,
): { readonly text: string; readonly colour: string } | undefined {
  switch (event["type"]) {
    case "DamageTaken":
      return { text: `-${numberOf(event["amount"])}`, colour: "#ff7a5c" };
    case "Healed":
      return { text: `+${numberOf(event["amount"])}`, colour: "#9be08a" };
    case "AttackRolled":
      return event["hit"] === true ? undefined : { text: t("float-miss"), colour: "#d8d2c4" };
    case "EffectBegan":
      return { text: textOf(objectOf(event["effect"])["name"]), colour: "#ffd36b" };
    default:
      return undefined;
  }
}
