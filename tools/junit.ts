/** How many tests a JUnit report counts. */
export interface TestCount {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Counts the test cases of a JUnit report one by one, as the sums in its head leave out what fails between tests. A case
 * is failed by a `failure` or `error` inside, skipped by `skipped`.
 */
export function countTests(xml: string): TestCount {
  let [passed, failed, skipped] = [0, 0, 0];
  for (const [, body = ""] of xml.matchAll(/<testcase\b(?:[^>"]|"[^"]*")*?(?:\/>|>([\s\S]*?)<\/testcase>)/g)) {
    if (/<(failure|error)\b/.test(body)) failed += 1;
    else if (/<skipped\b/.test(body)) skipped += 1;
    else passed += 1;
  }
  return { passed, failed, skipped };
}

if (import.meta.main) {
  const counts: TestCount[] = [];
  for (const path of Deno.args) counts.push(countTests(await Deno.readTextFile(path)));
  const sum = (key: keyof TestCount) => counts.reduce((total, count) => total + count[key], 0);
  console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
}
