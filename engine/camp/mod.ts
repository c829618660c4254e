/** Camp: rest, spells of the day, order of march, growth. */
export { campFold, RESUME_SECONDS } from "./fold.ts";
export { campLegal } from "./legal.ts";
export { campRules } from "./rules.ts";
