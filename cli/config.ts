import { documentConfig, printConfig } from "../host/config.ts";
import { loadConfig } from "./load_config.ts";
import { EXIT, type Subcommand, UsageFault } from "./subcommand.ts";

export const config: Subcommand = {
  name: "config",
  usage: "check | print | doc",
  about: "Check the configuration, print what is in effect, or print the table of all options",
  run(context) {
    const [action, ...rest] = context.args;
    if (rest.length > 0) throw new UsageFault(`Unexpected argument: ${rest[0]}`);
    switch (action) {
      case "check":
        loadConfig(context);
        context.out("The configuration is valid");
        break;
      case "print":
        context.out(printConfig(loadConfig(context)));
        break;
      case "doc":
        context.out(documentConfig());
        break;
      default:
        throw new UsageFault("Say what to do: config check | print | doc");
    }
    return Promise.resolve(EXIT.ok);
  },
};
