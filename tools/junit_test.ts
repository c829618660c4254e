import { assertEquals } from "@std/assert";
import { countTests } from "./junit.ts";

Deno.test("countTests() tells passed, failed and skipped cases apart", () => {
  const xml = `<?xml version="1.0"?><testsuites name="deno test" tests="4" failures="1" errors="0">
    <testsuite name="./a_test.ts" tests="4">
      <testcase name="it &gt; works" classname="./a_test.ts" time="0.1"></testcase>
      <testcase name="self-closing" time="0.1"/>
      <testcase name="breaks" time="0.1"><failure message="no">AssertionError</failure></testcase>
      <testcase name="waits" time="0.1"><skipped/></testcase>
    </testsuite></testsuites>`;

  assertEquals(countTests(xml), { passed: 2, failed: 1, skipped: 1 });
});

Deno.test("countTests() counts nothing in a report without cases", () => {
  assertEquals(countTests("<testsuites/>"), { passed: 0, failed: 0, skipped: 0 });
});
