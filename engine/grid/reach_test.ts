import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { CreatureId, LevelId, Point } from "../types/ids.ts";
import type { Battle, Cloud } from "../types/state.ts";
import { squaresOf } from "./area.ts";
import { flowTo, NO_WAY } from "./flow.ts";
import { type Crowd, reachFrom, stepCost } from "./reach.ts";
import { adjacent, distance, distanceBetween, footprint } from "./square.ts";
import { isSolid } from "./terrain.ts";

const EMPTY: Crowd = { blocked: new Set(), slow: new Set() };

function battleOn(rows: readonly string[], clouds: readonly Cloud[] = []): Battle {
  return {
    id: "b_1" as Battle["id"],
    group: "g_1" as Battle["group"],
    round: 1,
    order: [],
    turn: "c_a" as CreatureId,
    field: {
      width: rows[0]?.length ?? 0,
      height: rows.length,
      rows,
      level: "l_1" as LevelId,
      origin: [0, 0],
      edges: {},
    },
    on: {},
    monsters: {},
    clouds: Object.fromEntries(clouds.map((one) => [one.id, one])),
    prompt: null,
    idle: 0,
    endsAt: null,
    banks: {},
    startedAt: 0,
  };
}

function costs(rows: readonly string[], to: Point, feet = 60, crowd = EMPTY): number | undefined {
  return reachFrom(battleOn(rows), { at: [0, 0], size: 1 }, feet, crowd).costTo(to);
}

Deno.test("distance() measures a diagonal as five feet", () => {
  assertEquals(distance([0, 0], [3, 3]), 15);
  assertEquals(distance([0, 0], [3, 1]), 15);
  assertEquals(distanceBetween({ at: [0, 0], size: 2 }, { at: [2, 0], size: 1 }), 5);
  assert(adjacent({ at: [0, 0], size: 2 }, { at: [2, 2], size: 1 }));
  assertEquals(footprint({ at: [1, 1], size: 2 }), [[1, 1], [2, 1], [1, 2], [2, 2]]);
});

Deno.test("reachFrom() pays five feet a step, ten through rubble, water and friends", () => {
  assertEquals(costs(["...."], [3, 0]), 15);
  assertEquals(costs([".:.."], [2, 0]), 15);
  assertEquals(costs([".~"], [1, 0]), 10);
  assertEquals(costs(["..."], [2, 0], 60, { blocked: new Set(), slow: new Set([1]) }), 15);
  assertEquals(costs(["..."], [2, 0], 60, { blocked: new Set([1]), slow: new Set() }), undefined);
});

Deno.test("reachFrom() cuts no corner", () => {
  assertEquals(costs([".#", ".."], [1, 1]), 10);
  assertEquals(costs([".#", "#."], [1, 1]), undefined);
});

Deno.test("reachFrom() ends on no one, and crawls at double cost", () => {
  const battle = battleOn(["...."]);
  const reach = reachFrom(battle, { at: [0, 0], size: 1 }, 15, { blocked: new Set(), slow: new Set([1]) });

  assertEquals(reach.squares.map(([x]) => x), [0, 2]);
  assertEquals(reachFrom(battle, { at: [0, 0], size: 1 }, 30, EMPTY, { crawling: true }).costTo([3, 0]), 30);
});

Deno.test("reachFrom() leads large creatures only where they fit", () => {
  const battle = battleOn(["....", "..#.", "...."]);
  const reach = reachFrom(battle, { at: [0, 0], size: 2 }, 60, EMPTY);

  assertEquals(reach.costTo([0, 1]), 5);
  assertEquals(reach.costTo([1, 0]), undefined);
});

Deno.test("stepCost() slows in difficult clouds, but not those who walk webs", () => {
  const cloud: Cloud = {
    id: "e_1" as Cloud["id"],
    spell: "web",
    caster: "c_1" as CreatureId,
    squares: [[1, 0]],
    dc: 12,
    endsAt: 60,
    concentration: true,
    difficult: true,
    blocksSight: false,
    touched: [],
  };
  const battle = battleOn([".."], [cloud]);

  assertEquals(stepCost(battle, { at: [0, 0], size: 1 }, [1, 0], EMPTY), 10);
  assertEquals(stepCost(battle, { at: [0, 0], size: 1 }, [1, 0], EMPTY, { surefooted: true }), 5);
});

const tile = fc.constantFrom(".", ".", ".", ":", "#", "T", "+");
const room = fc.array(fc.array(tile, { minLength: 10, maxLength: 10 }).map((row) => row.join("")), {
  minLength: 8,
  maxLength: 8,
}).map((rows) => [`.${(rows[0] ?? "").slice(1)}`, ...rows.slice(1)]);

Deno.test("reachFrom() never leads through walls, and every path pays what it says", () => {
  fc.assert(fc.property(room, fc.integer({ min: 0, max: 12 }), (rows, steps) => {
    const battle = battleOn(rows);
    const reach = reachFrom(battle, { at: [0, 0], size: 1 }, steps * 5, EMPTY);

    for (const square of reach.squares) {
      let at: Point = [0, 0];
      let paid = 0;
      for (const to of reach.pathTo(square) ?? []) {
        assert(!isSolid(battle.field, to[0], to[1]));
        const cost = stepCost(battle, { at, size: 1 }, to, EMPTY);
        assert(cost !== undefined);
        paid += cost;
        at = to;
      }
      assertEquals(at, square);
      assertEquals(paid, reach.costTo(square));
      assert(paid <= steps * 5);
    }
  }));
});

Deno.test("flowTo() agrees with reachFrom() about what can be walked", () => {
  fc.assert(fc.property(room, (rows) => {
    const battle = battleOn(rows);
    const flow = flowTo(battle.field, [[0, 0]], () => false);
    const reach = reachFrom(battle, { at: [0, 0], size: 1 }, 1_000, EMPTY);

    for (let y = 0; y < rows.length; y++) {
      for (let x = 0; x < 10; x++) {
        assertEquals((flow[y * 10 + x] ?? NO_WAY) !== NO_WAY, reach.costTo([x, y]) !== undefined, `${x},${y}`);
      }
    }
  }));
});

Deno.test("squaresOf() draws each shape by the middles of squares", () => {
  const bounds = { width: 11, height: 11 };
  const draw = (squares: readonly Point[]) =>
    Array.from(
      { length: 11 },
      (_, y) =>
        Array.from({ length: 11 }, (_, x) => squares.some((one) => one[0] === x && one[1] === y) ? "*" : ".").join(""),
    );

  assertEquals(draw(squaresOf({ type: "sphere", radius: 10 }, [5, 5], [5, 5], bounds)).slice(3, 8), [
    ".....*.....",
    "....***....",
    "...*****...",
    "....***....",
    ".....*.....",
  ]);
  assertEquals(draw(squaresOf({ type: "cone", length: 15 }, [5, 5], [6, 5], bounds)).slice(4, 7), [
    ".......**..",
    "......***..",
    ".......**..",
  ]);
  assertEquals(squaresOf({ type: "cube", side: 15 }, [5, 5], [6, 5], bounds).length, 9);
  assertEquals(draw(squaresOf({ type: "cube", side: 15 }, [5, 5], [6, 5], bounds))[5], "......***..");
  assertEquals(draw(squaresOf({ type: "line", length: 20, width: 5 }, [5, 5], [6, 5], bounds))[5], "......****.");
});

Deno.test("squaresOf() stays within the field and leaves the caster of a cone out", () => {
  const point = fc.tuple(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 10 }));
  fc.assert(fc.property(point, point, (from, to) => {
    for (const shape of [{ type: "cone", length: 15 }, { type: "line", length: 30, width: 5 }] as const) {
      const squares = squaresOf(shape, from, to, { width: 11, height: 11 });
      assert(squares.every(([x, y]) => x >= 0 && y >= 0 && x < 11 && y < 11));
      assert(!squares.some(([x, y]) => x === from[0] && y === from[1]));
    }
  }));
});
