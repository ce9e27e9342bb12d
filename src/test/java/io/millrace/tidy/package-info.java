/**
 * The house rules as tests: formatting, tidiness, who may import whom, and documents that agree
 * with the code.
 */
@NullMarked
package io.millrace.tidy;

import org.jspecify.annotations.NullMarked;
