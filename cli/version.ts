import project from "../deno.json" with { type: "json" };
import { EXIT, type Subcommand } from "./subcommand.ts";

/** Version of this program, from the one place that states it. */
export const VERSION: string = project.version;

export const version: Subcommand = {
  name: "version",
  usage: "",
  about: "Print the version of GoldBox and of the runtime",
  run({ out }) {
    out(`GoldBox ${VERSION} (Deno ${Deno.version.deno}, ${Deno.build.target})`);
    return Promise.resolve(EXIT.ok);
  },
};
