import { t } from "./text.ts";

/** Copper in the largest coins: 1234 is "12 gp, 3 sp, 4 cp". */
export function coins(copper: number): string {
  const gold = Math.floor(copper / 100);
  const silver = Math.floor((copper % 100) / 10);
  const rest = copper % 10;
  const parts = [
    gold > 0 ? t("coin-gold", { count: gold }) : "",
    silver > 0 ? t("coin-silver", { count: silver }) : "",
    rest > 0 ? t("coin-copper", { count: rest }) : "",
  ].filter((part) => part !== "");
  return parts.length > 0 ? parts.join(", ") : t("coin-none");
}
