/**
 * Why a signature did not match: tries common changes to a body or a URL in transit, and names the
 * one that makes it match.
 */
@NullMarked
package io.millrace.verify.diagnosis;

import org.jspecify.annotations.NullMarked;
