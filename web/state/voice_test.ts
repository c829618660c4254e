import { assertEquals } from "@std/assert";
import { createVoice } from "./voice.ts";

Deno.test("a voice reads one message after the other and drops none", () => {
  const later: (() => void)[] = [];
  const voice = createVoice((run) => later.push(run));

  voice.say("The door opens.");
  voice.say("You meet somebody.");
  const first = voice.polite.value;
  later.shift()?.();

  assertEquals([first, voice.polite.value], ["The door opens.", "You meet somebody."]);
});

Deno.test("a voice that has fallen behind reads the rest together, and prompts apart from outcomes", () => {
  const later: (() => void)[] = [];
  const voice = createVoice((run) => later.push(run));

  for (const line of ["one", "two", "three", "four", "five"]) voice.say(line);
  voice.alert("Your turn");
  later.shift()?.();

  assertEquals(voice.polite.value, "two three four five");
  assertEquals(voice.assertive.value, "Your turn");
});
