/**
 * Which identifiers are one person, or one account: the rules, without Kafka. Everything here is a
 * function of values; the steps are in {@code flow.person} and {@code flow.identity}.
 */
@NullMarked
package io.millrace.identity;

import org.jspecify.annotations.NullMarked;
