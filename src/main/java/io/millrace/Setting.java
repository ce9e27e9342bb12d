package io.millrace;

/**
 * One setting of the production processes.
 *
 * @param key its name, dotted lower case; in the environment {@code MILLRACE_} and the key in upper
 *     case with {@code _} for {@code .}
 * @param fallback its default, written as a user would; {@code {home}} stands for the checkout
 * @param kind what it may be
 * @param meaning one sentence for the manual
 */
record Setting<T>(String key, String fallback, Kind<T> kind, String meaning) {}
