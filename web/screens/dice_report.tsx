import type { ComponentChildren } from "preact";
import type { Verdict } from "../dice/messages.ts";
import { Icon } from "../parts/ui.tsx";
import type { Noted } from "../state/remember.ts";
import { day } from "../text/day.ts";
import { t } from "../text/text.ts";

type Mark = "passed" | "not-passed" | "open";

export interface DiceReportProps {
  readonly verdict: Verdict;
  /** Whether the log leads to the view the server shows. */
  readonly end: "same" | "other";
  readonly seedHash: string;
  readonly noted: Noted | undefined;
}

/** What the check of a world's dice came to: a verdict to see at a glance, and every step it rests on. */
export function DiceReport(props: DiceReportProps) {
  const { verdict, end, seedHash, noted } = props;
  const { difference } = verdict;
  return (
    <>
      <Headline {...props} />
      {difference === undefined ? null : <DifferenceTable difference={difference} />}
      <h2>{t("dice-steps")}</h2>
      <ul class="steps">
        <Step mark={verdict.seal === "same" ? "passed" : "not-passed"}>
          {t("dice-step-seal")}
          <code class="hash">{seedHash}</code>
        </Step>
        <NotedStep noted={noted} seedHash={seedHash} />
        <Step
          mark={difference !== undefined ? "not-passed" : verdict.proven === verdict.entries ? "passed" : "open"}
        >
          {t("dice-step-log", { proven: verdict.proven, entries: verdict.entries })}
          {verdict.unproven.length === 0 ? null : <small>{t("dice-step-spans", { spans: spansOf(verdict) })}</small>}
        </Step>
        {difference !== undefined
          ? null
          : <Step mark={end === "same" ? "passed" : "not-passed"}>{t("dice-step-end")}</Step>}
        {verdict.epochs <= 1 ? null : <Step mark="open">{t("dice-step-epochs", { count: verdict.epochs - 1 })}</Step>}
      </ul>
      <h2>{t("dice-hand")}</h2>
      <p>{t("dice-hand-lead")}</p>
      <pre class="hand" tabIndex={0}>printf %s {verdict.seed} | sha256sum</pre>
      <p class="dim small">{t("dice-hand-docs")}</p>
    </>
  );
}

function Headline({ verdict, end, seedHash, noted }: DiceReportProps) {
  const { difference, seal, rolls, proven, entries } = verdict;
  if (difference !== undefined) {
    return <Big kind="foul" text={t("dice-foul")} lead={t("dice-foul-lead", { n: difference.n, rolls })} />;
  }
  if (seal === "other" || (noted !== undefined && noted.hash !== seedHash)) {
    return <Big kind="foul" text={t("dice-foul")} lead={t("dice-foul-seal")} />;
  }
  if (end === "other") return <Big kind="foul" text={t("dice-foul")} lead={t("dice-foul-end")} />;
  return proven === entries
    ? <Big kind="fair" text={t("dice-fair", { rolls })} lead={t("dice-fair-lead", { entries })} />
    : <Big kind="part" text={t("dice-part", { rolls })} lead={t("dice-part-lead", { proven, entries })} />;
}

function Big(props: { readonly kind: "fair" | "part" | "foul"; readonly text: string; readonly lead: string }) {
  return (
    <div class={`verdict ${props.kind}`} role="status">
      <Icon name="perspective-dice-six-faces-random" class="dice-mark" />
      <h2>{props.text}</h2>
      <p class="lead">{props.lead}</p>
    </div>
  );
}

function NotedStep({ noted, seedHash }: { readonly noted: Noted | undefined; readonly seedHash: string }) {
  if (noted === undefined) return <Step mark="open">{t("dice-step-noted-none")}</Step>;
  if (noted.hash === seedHash) {
    return <Step mark="passed">{t("dice-step-noted", { on: day(Date.parse(noted.on)) })}</Step>;
  }
  return (
    <Step mark="not-passed">
      {t("dice-step-noted-other", { on: day(Date.parse(noted.on)) })}
      <code class="hash">{noted.hash}</code>
    </Step>
  );
}

const SIGNS: Readonly<Record<Mark, string>> = { passed: "✔", "not-passed": "✘", open: "◦" };

function Step(props: { readonly mark: Mark; readonly children: ComponentChildren }) {
  return (
    <li class={`step ${props.mark}`}>
      <span class="step-sign" aria-hidden="true">{SIGNS[props.mark]}</span>
      <span class="unseen">{t(`dice-${props.mark}`)}:</span>
      <div>{props.children}</div>
    </li>
  );
}

function DifferenceTable({ difference }: { readonly difference: NonNullable<Verdict["difference"]> }) {
  const { n, event, type = "", path = "", expected, found } = difference;
  const where = event === undefined
    ? t("dice-entry", { n })
    : t("dice-entry-event", { n, event: event + 1, type, path });
  return (
    <dl class="facts difference" aria-label={t("dice-difference")}>
      <dt>{t("dice-where")}</dt>
      <dd>{where}</dd>
      <dt>{t("dice-expected")}</dt>
      <dd>
        <code>{expected}</code>
      </dd>
      <dt>{t("dice-found")}</dt>
      <dd>
        <code>{found}</code>
      </dd>
    </dl>
  );
}

function spansOf({ unproven }: Verdict): string {
  return unproven.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}
