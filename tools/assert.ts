/**
 * The names of `@std/assert` over `node:assert/strict`, so that tests read the same whether or not JSR is within reach.
 * Moving to the package itself is one line in the import map.
 */
import assertion, { AssertionError } from "node:assert/strict";

export { AssertionError };

type ErrorClass<E extends Error> = abstract new (...parameters: never[]) => E;

/** Fails unless `condition` is truthy; narrows the type for what follows. */
export function assert(condition: unknown, message?: string): asserts condition {
  if (!condition) throw failure(message ?? "Expected a truthy value", condition, true);
}

/** Fails when `condition` is truthy. */
export function assertFalse(condition: unknown, message?: string): asserts condition is false {
  if (condition) throw failure(message ?? "Expected a falsy value", condition, false);
}

/** Deep, strict equality of values. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  assertion.deepStrictEqual(actual, expected, message);
}

/** Deep, strict inequality of values. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  assertion.notDeepStrictEqual(actual, expected, message);
}

/** Identity (`Object.is`). */
export function assertStrictEquals<T>(actual: unknown, expected: T, message?: string): asserts actual is T {
  assertion.strictEqual(actual, expected, message);
}

/** Fails when both are the same value by `Object.is`. */
export function assertNotStrictEquals(actual: unknown, expected: unknown, message?: string): void {
  assertion.notStrictEqual(actual, expected, message);
}

/** Fails for `null` and `undefined`; narrows the type for what follows. */
export function assertExists<T>(actual: T, message?: string): asserts actual is NonNullable<T> {
  if (actual === undefined || actual === null) {
    throw failure(message ?? `Expected a value: got ${actual}`, actual, "a value");
  }
}

/** Fails unless `actual` was made by `type`. */
export function assertInstanceOf<T extends abstract new (...parameters: never[]) => unknown>(
  actual: unknown,
  type: T,
  message?: string,
): asserts actual is InstanceType<T> {
  if (!(actual instanceof type)) throw failure(message ?? `Expected an instance of ${type.name}`, actual, type.name);
}

/** Fails unless the text matches the pattern. */
export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  assertion.match(actual, expected, message);
}

/** Fails when the text matches the pattern. */
export function assertNotMatch(actual: string, expected: RegExp, message?: string): void {
  assertion.doesNotMatch(actual, expected, message);
}

/** Fails unless `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  if (!actual.includes(expected)) {
    throw failure(
      message ?? `Expected ${JSON.stringify(actual)} to contain ${JSON.stringify(expected)}`,
      actual,
      expected,
    );
  }
}

/** Fails unless every expected value is found in `actual` by deep equality. */
export function assertArrayIncludes<T>(actual: ArrayLike<T>, expected: ArrayLike<T>, message?: string): void {
  const present = Array.from(actual);
  const missing = Array.from(expected).filter((wanted) => !present.some((value) => equal(value, wanted)));
  if (missing.length > 0) {
    throw failure(
      message ?? `Expected the array to contain ${Deno.inspect(missing)}: got ${Deno.inspect(present)}`,
      actual,
      expected,
    );
  }
}

/** Fails unless every property named in `expected` is in `actual` with an equal value; further properties are fine. */
export function assertObjectMatch(actual: object, expected: object, message?: string): void {
  assertion.deepStrictEqual(restrict(actual, expected), expected, message);
}

/** Fails unless `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, message?: string): void {
  if (!(actual > expected)) throw failure(message ?? `Expected ${actual} > ${expected}`, actual, expected);
}

/** Fails unless `actual >= expected`. */
export function assertGreaterOrEqual<T>(actual: T, expected: T, message?: string): void {
  if (!(actual >= expected)) throw failure(message ?? `Expected ${actual} >= ${expected}`, actual, expected);
}

/** Fails unless `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, message?: string): void {
  if (!(actual < expected)) throw failure(message ?? `Expected ${actual} < ${expected}`, actual, expected);
}

/** Fails unless `actual <= expected`. */
export function assertLessOrEqual<T>(actual: T, expected: T, message?: string): void {
  if (!(actual <= expected)) throw failure(message ?? `Expected ${actual} <= ${expected}`, actual, expected);
}

/** Fails unless `fn` throws; with a class also its kind, with a text also its message. Returns the error. */
export function assertThrows(fn: () => unknown, message?: string): unknown;
export function assertThrows<E extends Error>(
  fn: () => unknown,
  type: ErrorClass<E>,
  includes?: string,
  message?: string,
): E;
export function assertThrows<E extends Error>(
  fn: () => unknown,
  typeOrMessage?: ErrorClass<E> | string,
  includes?: string,
  message?: string,
): unknown {
  try {
    fn();
  } catch (error) {
    return checkError(error, typeOrMessage, includes, message);
  }
  throw failure(text(typeOrMessage, message) ?? "Expected the function to throw", undefined, "an error");
}

/** As `assertThrows`, for a function that returns a promise. */
export async function assertRejects(fn: () => PromiseLike<unknown>, message?: string): Promise<unknown>;
export async function assertRejects<E extends Error>(
  fn: () => PromiseLike<unknown>,
  type: ErrorClass<E>,
  includes?: string,
  message?: string,
): Promise<E>;
export async function assertRejects<E extends Error>(
  fn: () => PromiseLike<unknown>,
  typeOrMessage?: ErrorClass<E> | string,
  includes?: string,
  message?: string,
): Promise<unknown> {
  try {
    await fn();
  } catch (error) {
    return checkError(error, typeOrMessage, includes, message);
  }
  throw failure(text(typeOrMessage, message) ?? "Expected the promise to reject", undefined, "an error");
}

/** Fails always. */
export function fail(message?: string): never {
  throw failure(message ?? "Failed", undefined, undefined);
}

/** Marks a place no test should reach. */
export function unreachable(message?: string): never {
  throw failure(message ?? "Reached what should be unreachable", undefined, undefined);
}

function failure(message: string, actual: unknown, expected: unknown): AssertionError {
  return new AssertionError({ message, actual, expected });
}

function text(typeOrMessage: unknown, message: string | undefined): string | undefined {
  return typeof typeOrMessage === "string" ? typeOrMessage : message;
}

function checkError<E extends Error>(
  error: unknown,
  typeOrMessage: ErrorClass<E> | string | undefined,
  includes: string | undefined,
  message: string | undefined,
): unknown {
  if (typeof typeOrMessage !== "function") return error;
  if (!(error instanceof typeOrMessage)) {
    throw failure(message ?? `Expected ${typeOrMessage.name}: got ${Deno.inspect(error)}`, error, typeOrMessage.name);
  }
  if (includes !== undefined) assertStringIncludes(error.message, includes, message);
  return error;
}

function equal(a: unknown, b: unknown): boolean {
  try {
    assertion.deepStrictEqual(a, b);
    return true;
  } catch {
    return false;
  }
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === "object" && value !== null;
}

function restrict(actual: unknown, expected: unknown): unknown {
  if (!isRecord(actual) || !isRecord(expected)) return actual;
  if (Array.isArray(expected)) {
    return Array.isArray(actual) ? actual.map((value, index) => restrict(value, expected[index])) : actual;
  }
  if (Object.getPrototypeOf(expected) !== Object.prototype) return actual;
  const kept: Record<PropertyKey, unknown> = {};
  for (const key of Reflect.ownKeys(expected)) if (key in actual) kept[key] = restrict(actual[key], expected[key]);
  return kept;
}
